import Ethereum
import EthereumLedger
import Ledger
import Testing

/// A ledger on a real EVM, through JSON-RPC.
@Suite(.serialized) struct EthereumLedgerTests {
    /// The chain's first account; it has funds.
    static let rich = EthereumAccount(secret: [UInt8](repeating: 0, count: 31) + [1])

    /// A node with a chain of its own, and a connection to it.
    private struct Node {
        let program: PythonProgram
        let chain: EthereumChain

        init(_ arguments: [String] = []) throws {
            program = try PythonProgram("node.py", arguments)
            let port = try program.readLine()
            chain = try EthereumChain(
                HTTPTransport(url: "http://127.0.0.1:\(port)"), finality: .init(timeoutSeconds: 20))
        }
    }

    private func ledger(
        of federation: RandomFederation, on chain: EthereumChain, tolerance: UInt64 = 0
    ) throws -> EthereumLedger {
        let accounts = federation.accounts
        return try EthereumLedger(
            deployingOn: chain, as: try #require(Self.rich), accounts: accounts.map(\.address),
            phaseMilliseconds: RandomFederation.phaseMilliseconds, clockToleranceMilliseconds: tolerance,
            checks: RandomFederation.checks,
            signing: { author, digest in
                switch author {
                case .coordinator: accounts[0].sign(digest)
                case .member(let index): accounts[index + 1].sign(digest)
                }
            })
    }

    private func federation(seed: UInt64, on chain: EthereumChain, tolerance: UInt64 = 0) throws
        -> (RandomFederation, EthereumLedger)
    {
        let draft = try RandomFederation(
            seed: seed, chainIdentifier: chain.chainIdentifier,
            contractAddress: try #require(Self.rich).address.contract(nonce: 0))
        let ledger = try ledger(of: draft, on: chain, tolerance: tolerance)
        let federation = try RandomFederation(
            seed: seed, chainIdentifier: chain.chainIdentifier, contractAddress: ledger.deployment.address)
        return (federation, ledger)
    }

    @Test(.enabled(if: PythonProgram.hasNode, "skipped: PyPI eth-tester is not installed"))
    func whatWasAppendedIsReadBackAndComesToTheSameState() throws {
        let node = try Node()
        // The first that does not get stuck early, for instance on an odd foundation.
        let seed = try (1...UInt64.max).first { seed in
            var trial = try RandomFederation(
                seed: seed, chainIdentifier: node.chain.chainIdentifier,
                contractAddress: try #require(Self.rich).address.contract(nonce: 0))
            for _ in 0..<80 { _ = trial.apply(try trial.attempt().record) }
            return trial.records.count > 35
        }
        var (federation, ledger) = try federation(seed: try #require(seed), on: node.chain)
        for _ in 0..<80 {
            let (record, call) = try federation.attempt()
            switch federation.apply(record) {
            case .success: try ledger.append(record)
            case .failure(let refusal):
                #expect(throws: Refusal.self) { try ledger.append(record) }
                // Names and shares are the hospitals' to judge; nothing else is refused here and taken there.
                let contract = try ledger.deployment.address
                let refused = #expect(throws: RevertedCall.self) {
                    _ = try node.chain.transact(try #require(Self.rich), to: contract, data: call)
                }
                #expect(refused?.reason == .refusal(refusal.code))
            }
        }
        let head = try node.chain.head()
        let entries = try ChainLedgerReader(ledger.deployment, on: node.chain).entries(upTo: head)
        let records = entries.map(\.record)
        #expect(records == federation.records)
        let log = try TransparencyLog.replay(records, checks: RandomFederation.checks)
        #expect(log.contract.stateDigest == federation.contract.stateDigest)
        let audit = try ChainAudit(
            of: ledger.deployment, on: node.chain, local: federation.records,
            phaseMilliseconds: RandomFederation.phaseMilliseconds, checks: RandomFederation.checks)
        #expect(audit.findings == [], "\(audit.proved)")
        #expect(audit.gas == ledger.gas, "receipts say what was counted")
        let members = federation.members.count
        let held = try ChainState(of: ledger.deployment, members: members, on: node.chain)
        let expected = ChainState(
            of: log.contract, records: records, commitMilliseconds: RandomFederation.phaseMilliseconds[0])
        #expect(held.differences(from: expected) == [])
        let earlier = ChainState(
            of: log.contract, records: records.dropLast(), commitMilliseconds: RandomFederation.phaseMilliseconds[0])
        #expect(held.differences(from: earlier) == ["history"], "an entry that is withheld shows")
        #expect(federation.records.count > 35, "most entries were refused: little was compared")
        #expect(ledger.gas.transactions == 1 + records.count && ledger.gas.rounds.allSatisfy { $0 > 0 })
        // Another copy of the ledger, or another agreement, is told from the chain's.
        var others = federation.records
        others.swapAt(4, 5)
        let forked = try ChainAudit(
            of: ledger.deployment, on: node.chain, local: others,
            phaseMilliseconds: RandomFederation.phaseMilliseconds.reversed(), checks: RandomFederation.checks)
        #expect(forked.findings.contains { $0.hasPrefix("entry 4:") })
        #expect(forked.findings.contains { $0.contains("deadlines") })
    }

    @Test(
        .enabled(if: PythonProgram.hasNode, "skipped: PyPI eth-tester is not installed"),
        arguments: [[], ["--reverts-as-results"]])
    func bothStylesOfRevertsAreRead(_ style: [String]) throws {
        let node = try Node(style)
        var (federation, ledger) = try federation(seed: 1, on: node.chain)
        let contract = try ledger.deployment.address
        let (record, _) = try federation.honest(.coordinator, .close(round: 1))
        let approvals = [federation.accounts[0].sign(Keccak256.hash([]))]
        let call = LedgerContractCall.append(record, approvals: approvals)
        let sender = try #require(Self.rich).address
        let refused = #expect(throws: RevertedCall.self) { _ = try node.chain.call(contract, call, from: sender) }
        #expect(refused?.reason == .refusal(.notFounded))
        let foreign = #expect(throws: RevertedCall.self) {
            _ = try node.chain.call(contract, call, from: federation.accounts[2].address)
        }
        #expect(foreign?.reason == .chainRule(.notTheSequencer))
        let bare = LedgerContractCall.append(record, approvals: [])
        let unsigned = #expect(throws: RevertedCall.self) { _ = try node.chain.call(contract, bare, from: sender) }
        #expect(unsigned?.reason == .chainRule(.malformedApprovals))
    }

    @Test(.enabled(if: PythonProgram.hasNode, "skipped: PyPI eth-tester is not installed"))
    func entriesMustBeDatedByTheChainsClockWhereItWasAsked() throws {
        let node = try Node()
        var (federation, ledger) = try federation(seed: 1, on: node.chain, tolerance: 30_000)
        let (record, _) = try federation.honest(.coordinator, .foundation(federation.foundation))
        let late = #expect(throws: ChainError.self) { try ledger.append(record) }
        #expect(late?.code == .divergence && late?.message.contains("clockDisagrees") == true)
    }

    @Test(.enabled(if: PythonProgram.hasNode, "skipped: PyPI eth-tester is not installed"))
    func aContractWithOtherAccountsTakesNoFoundation() throws {
        let node = try Node()
        var federation = try RandomFederation(
            seed: 1, chainIdentifier: node.chain.chainIdentifier,
            contractAddress: try #require(Self.rich).address)
        let sender = try #require(Self.rich)
        let code = LedgerContractCall.deployment(
            sequencer: sender.address, accounts: federation.accounts.dropLast().map(\.address),
            phaseMilliseconds: RandomFederation.phaseMilliseconds, clockToleranceMilliseconds: 0)
        let contract = try #require(try node.chain.transact(sender, to: nil, data: code).contract)
        let (record, _) = try federation.honest(.coordinator, .foundation(federation.foundation))
        let digest = LedgerContractCall.entryDigest(
            record, chainIdentifier: node.chain.chainIdentifier, contract: contract)
        let call = LedgerContractCall.append(record, approvals: [federation.accounts[0].sign(digest)])
        let refused = #expect(throws: RevertedCall.self) {
            _ = try node.chain.transact(sender, to: contract, data: call)
        }
        #expect(refused?.reason == .chainRule(.accountsDisagree))
        // A false signature recovers to the address zero: nobody may have it.
        let nobody = try #require(EthereumAddress(bytes: Array(repeating: 0, count: 20)))
        let open = LedgerContractCall.deployment(
            sequencer: sender.address, accounts: [nobody], phaseMilliseconds: RandomFederation.phaseMilliseconds,
            clockToleranceMilliseconds: 0)
        let wrong = #expect(throws: RevertedCall.self) {
            _ = try node.chain.transact(sender, to: nil, data: open)
        }
        #expect(wrong?.reason == .chainRule(.accountsDisagree))
    }

    @Test(.enabled(if: PythonProgram.hasNode, "skipped: PyPI eth-tester is not installed"))
    func anAccountWithoutFundsIsToldSo() throws {
        let node = try Node()
        let poor = try #require(EthereumAccount(secret: [UInt8](repeating: 9, count: 32)))
        let error = #expect(throws: ChainError.self) {
            _ = try node.chain.transact(poor, to: poor.address, data: [])
        }
        #expect(error?.code == .noFunds, "\(error?.message ?? "")")
        let stranger = #expect(throws: (any Error).self) {
            _ = try ChainState(
                of: LedgerDeployment(
                    chainIdentifier: node.chain.chainIdentifier, contract: "0x" + String(repeating: "77", count: 20),
                    transaction: "0x", block: 0), members: 3, on: node.chain)
        }
        #expect((stranger as? ChainError)?.code == .wrongChain)
    }

    @Test func anAddressThatLeadsNowhereIsNamedWithoutItsSecrets() {
        let error = #expect(throws: ChainError.self) {
            _ = try EthereumChain(HTTPTransport(url: "http://127.0.0.1:1/secret"))
        }
        #expect(error?.code == .unreachable)
        #expect(error?.message.contains("http://127.0.0.1:1") == true)
        #expect(error?.message.contains("secret") == false)
        for url in ["ftp://x", "http://", "http://user:secret@127.0.0.1", "127.0.0.1:8545", ""] {
            let refused = #expect(throws: ChainError.self) { _ = try HTTPTransport(url: url) }
            #expect(refused?.message.contains("secret") == false)
        }
    }
}
