package import Ethereum
package import Ledger

/// What `Contracts/FederationLedger.vy` takes: its calls, and what parties sign for it.
package enum LedgerContractCall {
    /// Payloads above this go through `appendLarge`, for dealt shares and many one-time keys.
    package static let payloadBytesMax = 32_768
    package static let largePayloadBytesMax = 262_144

    static let appendedTopics = ["Appended", "AppendedLarge"].map {
        ABIValue.topic("\($0)(uint64,uint64,uint16,bytes,bytes)")
    }

    /// The transaction data that create the contract.
    ///
    /// - Parameters:
    ///   - accounts: the coordinator's address and the members', in their order.
    ///   - phaseMilliseconds: how long each of the seven phases may take, from the agreement.
    ///   - clockToleranceMilliseconds: how far an entry's instant may lie from its block's; 0 does not compare them.
    package static func deployment(
        sequencer: EthereumAddress, accounts: [EthereumAddress], phaseMilliseconds: [UInt64],
        clockToleranceMilliseconds: UInt64
    ) -> [UInt8] {
        precondition(phaseMilliseconds.count == 7, "a round has seven deadlines")
        return LedgerContractCode.bytes
            + ABIValue.encode([
                .address(sequencer), .addresses(accounts), .fixedIntegers(phaseMilliseconds),
                .integer(clockToleranceMilliseconds),
            ])
    }

    /// What a nonce opening came to, which the contract cannot compute.
    package enum NonceOutcome: Hashable, Sendable {
        case opened(nonce: [UInt8])
        case offPolynomial
        case withheld

        /// What an entry came to, if it opened a nonce or failed to; `contract` is the state after it.
        package init?(of events: [ContractEvent], in contract: FederationContract) {
            switch events.first {
            case .nonceOpened(_, let owner): self = .opened(nonce: contract.round?.nonces[owner] ?? [])
            case .removed(_, _, .offPolynomial): self = .offPolynomial
            case .removed(_, _, .withheldNonce): self = .withheld
            default: return nil
            }
        }

        var code: UInt64 {
            switch self {
            case .opened: 0
            case .offPolynomial: 1
            case .withheld: 2
            }
        }
    }

    /// The call that appends a record.
    package static func append(
        _ record: LedgerRecord, approvals: [RecoverableSignature], outcome: NonceOutcome? = nil
    ) -> [UInt8] {
        let head: [ABIValue] = [
            .integer(record.index), .integer(record.timestampMilliseconds), .integer(code(of: record.author)),
            .bytes(record.payload), .bytes(record.signature), .bytes(approvals.flatMap(\.bytes)),
        ]
        guard record.payload.count <= payloadBytesMax else {
            return ABIValue.selector("appendLarge(uint64,uint64,uint16,bytes,bytes,bytes)") + ABIValue.encode(head)
        }
        var nonce = [UInt8](repeating: 0, count: 32)
        if case .opened(let opened)? = outcome, opened.count == 32 { nonce = opened }
        return ABIValue.selector("append(uint64,uint64,uint16,bytes,bytes,bytes,uint8,bytes32)")
            + ABIValue.encode(head + [.integer(outcome?.code ?? 0), .word(nonce)])
    }

    /// What the author of a record signs with its account: chain, contract, author, payload and Ed25519 signature.
    package static func entryDigest(
        _ record: LedgerRecord, chainIdentifier: UInt64, contract: EthereumAddress
    ) -> [UInt8] {
        Keccak256.hash(
            ABIValue.encode([
                .word(Keccak256.hash(Array("cordon/entry/v1".utf8))), .integer(chainIdentifier), .address(contract),
                .integer(code(of: record.author)), .word(Keccak256.hash(record.payload)),
                .word(Keccak256.hash(record.signature)),
            ]))
    }

    /// What the signers of a verdict sign with their accounts: chain, contract, round, U, and the verdict from its
    /// accepted set to its position.
    ///
    /// - Parameter payload: the entry's encoding.
    package static func verdictDigest(
        _ verdict: Verdict, payload: [UInt8], candidates: [Int], chainIdentifier: UInt64, contract: EthereumAddress
    ) -> [UInt8] {
        // Member (2 bytes), counted signature.
        let signatureBytes = verdict.signatures.reduce(4) { $0 + 6 + $1.signature.count }
        return Keccak256.hash(
            ABIValue.encode([
                .word(Keccak256.hash(Array("cordon/verdict/v1".utf8))), .integer(chainIdentifier), .address(contract),
                .integer(UInt64(verdict.round)), .word(set(of: candidates)),
                .word(foldedHash(Array(payload[6..<payload.count - signatureBytes]))),
            ]))
    }

    /// Bit i for member i, as a 32-byte word.
    package static func set(of members: some Sequence<Int>) -> [UInt8] {
        members.reduce(into: [UInt8](repeating: 0, count: 32)) { $0[31 - $1 / 8] |= 1 << UInt8($1 % 8) }
    }

    /// The contract's hash of a stretch of calldata: its length, then word after word; the last, short one is a number.
    static func foldedHash(_ bytes: [UInt8]) -> [UInt8] {
        var result = ABIValue.word(UInt64(bytes.count))
        for start in stride(from: 0, to: bytes.count, by: 32) {
            let word = bytes[start..<min(start + 32, bytes.count)]
            result = Keccak256.hash(result + Array(repeating: 0, count: 32 - word.count) + word)
        }
        return result
    }

    private static func code(of author: Author) -> UInt64 {
        switch author {
        case .coordinator: 0
        case .member(let index): UInt64(index + 1)
        }
    }
}
