import Ethereum
package import Ledger

/// What the contract on a chain holds, as words with names, and what the same entries come to here.
package struct ChainState: Hashable, Sendable {
    package struct Word: Hashable, Sendable {
        package let name: String
        package let value: [UInt8]
    }

    package let words: [Word]

    private static let stateNames = [
        "federation", "record count", "last timestamp", "history", "last published model", "published rounds", "round",
    ]
    private static let roundNames = [
        "phase", "opened at", "members with keys", "committed", "candidates", "revealed", "beacon", "sketch index",
        "inconsistent dealers", "last contest", "accepted", "confirmed blocks", "refuted", "voted", "approving",
    ]
    private static let memberNames = ["spent", "keys posted", "keys used"]

    /// Reads the contract's words at `block`, or now.
    /// - Throws: `ChainError`, `RevertedCall`.
    package init(
        of deployment: LedgerDeployment, members: Int, on chain: EthereumChain, at block: UInt64? = nil
    ) throws {
        let contract = try deployment.address
        func read(_ call: [UInt8], _ names: [String]) throws -> [Word] {
            let reader = ABIReader(try chain.call(contract, call, at: block))
            guard reader.wordCount == names.count else {
                throw ChainError(
                    .wrongChain,
                    "\(deployment.contract) is not a ledger's contract: it answers \(reader.wordCount) words where "
                        + "\(names.count) are due")
            }
            return names.enumerated().map { Word(name: $1, value: reader.word($0) ?? []) }
        }
        var words = try read(ABIValue.selector("state()"), Self.stateNames + Self.roundNames)
        for member in 0..<members {
            words += try read(
                ABIValue.selector("member(uint256)") + ABIValue.word(UInt64(member)),
                Self.memberNames.map { "member \(member): \($0)" })
        }
        self.words = words
    }

    /// What `records` come to: `contract` is the state after them.
    ///
    /// - Parameter commitMilliseconds: how long the first phase may take, from the agreement.
    package init(of contract: FederationContract, records: [LedgerRecord], commitMilliseconds: UInt64) {
        let zero = [UInt8](repeating: 0, count: 32)
        let history = records.reduce(zero) { Digest.sha256($0 + $1.leafHash.bytes).bytes }
        let values: [[UInt8]] = [
            contract.federationDigest?.bytes ?? zero, ABIValue.word(contract.recordCount),
            ABIValue.word(contract.lastTimestampMilliseconds), history,
            contract.lastPublishedModel?.bytes ?? zero, ABIValue.word(UInt64(contract.publishedRounds.count)),
            ABIValue.word(UInt64(contract.round?.number ?? 0)),
        ]
        var words = zip(Self.stateNames, values).map { Word(name: $0, value: $1) }
        let round =
            contract.round.map { Self.words(of: $0, contract, commitMilliseconds) }
            ?? Self.roundNames.map { _ in zero }
        words += zip(Self.roundNames, round).map { Word(name: $0, value: $1) }
        for member in contract.foundation?.members.indices ?? 0..<0 {
            let posted = contract.recipientKeys[member]?.count ?? 0
            let used = posted - contract.unusedRecipientKeys(of: member)
            let figures = [contract.spent[member] ?? 0, UInt64(posted), UInt64(used)]
            words += zip(Self.memberNames, figures).map {
                Word(name: "member \(member): \($0)", value: ABIValue.word($1))
            }
        }
        self.words = words
    }

    /// Names of the words in which two states differ.
    package func differences(from other: ChainState) -> [String] {
        guard words.count == other.words.count else { return ["number of words"] }
        return zip(words, other.words).filter { $0 != $1 }.map { $0.0.name }
    }

    private static func words(
        of round: RoundState, _ contract: FederationContract, _ commitMilliseconds: UInt64
    ) -> [[UInt8]] {
        let corruptible = contract.foundation?.corruptible ?? 0
        let confirmed = round.reports.values.filter { reports in
            let agreeing = Dictionary(grouping: reports.filter(\.agrees), by: \.observed)
            return agreeing.values.contains { $0.count > corruptible }
        }
        let isRefuted = !round.refutedBlocks(corruptible: corruptible).isEmpty
        return [
            ABIValue.word(phase(of: round)), ABIValue.word(round.deadlines.commit - commitMilliseconds),
            LedgerContractCall.set(of: round.recipientKeyIndex.keys),
            LedgerContractCall.set(of: round.commitments.keys),
            LedgerContractCall.set(of: round.closedSet ?? []), LedgerContractCall.set(of: round.nonces.keys),
            round.beacon?.bytes ?? [UInt8](repeating: 0, count: 32), ABIValue.word(round.sketch?.index ?? 0),
            LedgerContractCall.set(of: round.sketch?.inconsistentDealers ?? []),
            ABIValue.word(round.contests.map(\.index).max() ?? 0),
            LedgerContractCall.set(of: round.verdict?.accepted ?? []), ABIValue.word(UInt64(confirmed.count)),
            ABIValue.word(isRefuted ? 1 : 0), LedgerContractCall.set(of: round.votes.keys),
            LedgerContractCall.set(of: round.votes.filter(\.value.approve).keys),
        ]
    }

    private static func phase(of round: RoundState) -> UInt64 {
        switch round.ending {
        case nil: UInt64(round.phase.rawValue)
        case .published: 8
        case .rolledBack: 9
        case .abandoned: 10
        }
    }
}
