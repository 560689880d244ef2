import Ethereum
package import Ledger

/// What a chain says of a federation, checked: its contract's code, its entries, and the state that they came to.
package struct ChainAudit: Sendable, Encodable {
    /// Each begins with a place.
    package private(set) var findings: [String] = []
    package private(set) var proved: [String] = []
    package private(set) var notProved: [String] = []
    /// Summed from the receipts.
    package private(set) var gas = GasUse(deployment: 0)

    /// Reads everything that the contract logged and executes it again.
    ///
    /// - Parameters:
    ///   - local: the entries that the auditor has, to be compared byte for byte.
    ///   - phaseMilliseconds: how long each of a round's seven phases may take, from the agreement.
    ///   - checks: from the agreement.
    /// - Throws: `ChainError` when the node cannot be asked. What does not hold is a finding.
    package init(
        of deployment: LedgerDeployment, on chain: EthereumChain, local: [LedgerRecord], phaseMilliseconds: [UInt64],
        checks: ContractChecks
    ) throws {
        let head = try chain.head()
        let reader = try ChainLedgerReader(deployment, on: chain)
        try checkCode(of: deployment, on: chain, phaseMilliseconds)
        let entries: [ChainLedgerReader.Entry]
        do {
            entries = try reader.entries(upTo: head)
        } catch let error as ChainError where error.code == .divergence {
            findings.append("chain: \(error.message)")
            return
        }
        compare(entries.map(\.record), with: local)
        try execute(entries, deployment, chain, head, commitMilliseconds: phaseMilliseconds[0], checks)
        notProved.append(
            "That the node shows the chain that its validators agreed on is this node's word: ask your own, or several."
        )
    }

    /// The contract must be the one whose rules are known: byte for byte what this program deploys.
    private mutating func checkCode(
        of deployment: LedgerDeployment, on chain: EthereumChain, _ phaseMilliseconds: [UInt64]
    ) throws {
        let code = try chain.code(of: try deployment.address)
        // Behind the code lies what the creation fixed: sequencer, tolerance, seven deadlines.
        let fixedBytes = 9 * 32
        guard code.count > fixedBytes, LedgerContractCode.bytes.contains(code.dropLast(fixedBytes)) else {
            findings.append("contract \(deployment.contract): its code is not this program's contract")
            return
        }
        let fixed = ABIReader(Array(code.suffix(fixedBytes)))
        var instant: UInt64 = 0
        let deadlines = phaseMilliseconds.map { milliseconds -> UInt64? in
            instant += milliseconds
            return instant
        }
        guard (2..<9).map(fixed.integer) == deadlines else {
            findings.append("contract \(deployment.contract): its deadlines are not the agreement's")
            return
        }
        proved.append("The contract's code is this program's, with the agreement's deadlines.")
        if let tolerance = fixed.integer(1), tolerance > 0 {
            proved.append("The chain refused entries dated more than \(tolerance) ms from their block.")
        } else {
            notProved.append(
                "Entries are dated by the sequencer's clock alone: the contract was deployed without ours.")
        }
    }

    private mutating func compare(_ records: [LedgerRecord], with local: [LedgerRecord]) {
        if let index = zip(records, local).enumerated().first(where: { $1.0 != $1.1 })?.offset {
            findings.append("entry \(index): the chain has another than the ledger here")
        } else if records.count < local.count {
            findings.append("entry \(records.count): the chain ends before it; the ledger here goes on")
        } else if records.count > local.count {
            notProved.append("The chain has \(records.count) entries; only the first \(local.count) are here.")
            proved.append("The \(local.count) entries here are the chain's first.")
        } else {
            proved.append("The chain has the very entries of the ledger here: \(records.count).")
        }
    }

    private mutating func execute(
        _ entries: [ChainLedgerReader.Entry], _ deployment: LedgerDeployment, _ chain: EthereumChain, _ head: UInt64,
        commitMilliseconds: UInt64, _ checks: ContractChecks
    ) throws {
        if let creation = decodeHexadecimal(String(deployment.transaction.dropFirst(2))) {
            gas = GasUse(deployment: try chain.gasUsed(by: creation))
        }
        var contract = FederationContract(checks: checks)
        for entry in entries {
            do {
                _ = try contract.apply(entry.record)
            } catch {
                findings.append(
                    "entry \(entry.record.index): the chain took it, and a rule that hospitals check forbids it: "
                        + "\(error). Its author, \(entry.record.author), and the sequencer are to blame")
                return
            }
            gas.add(try chain.gasUsed(by: entry.transaction), round: contract.round?.number)
        }
        let expected = ChainState(
            of: contract, records: entries.map(\.record), commitMilliseconds: commitMilliseconds)
        let members = contract.foundation?.members.count ?? 0
        let differences = try ChainState(of: deployment, members: members, on: chain, at: head)
            .differences(from: expected)
        findings += differences.map { "state of the contract: \($0) is not what its entries come to" }
        if differences.isEmpty {
            proved.append("The contract's state is what its entries come to, \(expected.words.count) words.")
        }
    }
}
