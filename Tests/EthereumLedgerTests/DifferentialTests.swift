import Ethereum
import EthereumLedger
import Foundation
import Ledger
import Testing

/// The contract on a chain and the embedded one, given the same entries: the same answer each time, the same code when
/// it is no, and the same state.
@Suite struct DifferentialTests {
    /// revm's own: chain 1, the first contract of the sender in `revm.py`.
    private static let chainIdentifier: UInt64 = 1
    private static let sender = EthereumAddress(bytes: Array(repeating: 0x5e, count: 20))
    private static let transactions =
        ProcessInfo.processInfo.environment["CORDON_DIFFERENTIAL_TRANSACTIONS"].flatMap(Int.init) ?? 10_000
    private static let perFederation = 250

    @Test(.enabled(if: PythonProgram.hasRevm, "skipped: PyPI pyrevm is not installed"))
    func aChainDecidesAsTheRulesDo() throws {
        let machine = try PythonProgram("revm.py")
        var outcomes: [String: Int] = [:]
        var endings: Set<String> = []
        for seed in 0..<UInt64((Self.transactions + Self.perFederation - 1) / Self.perFederation) {
            guard let sender = Self.sender else { break }
            var federation = try RandomFederation(
                seed: seed, chainIdentifier: Self.chainIdentifier, contractAddress: sender.contract(nonce: 0))
            let code = LedgerContractCall.deployment(
                sequencer: sender, accounts: federation.accounts.map(\.address),
                phaseMilliseconds: RandomFederation.phaseMilliseconds, clockToleranceMilliseconds: 0)
            let address = try machine.ask("{\"deploy\": \"\(hexadecimal(code))\"}")
            #expect(address.lowercased() == "0x" + hexadecimal(federation.contractAddress.bytes))
            for step in 0..<Self.perFederation {
                let (record, call) = try federation.attempt()
                let answer = try machine.ask("{\"call\": \"\(hexadecimal(call))\"}")
                let expected: String
                switch federation.apply(record) {
                case .success: expected = "ok"
                case .failure(let refusal): expected = refusal.code.rawValue
                }
                let actual = Self.outcome(answer)
                outcomes[expected, default: 0] += 1
                try #require(
                    actual == expected,
                    "seed \(seed), step \(step): \(actual) on the chain, \(expected) here, for \(Self.text(record))")
            }
            for round in federation.contract.endedRounds {
                if let ending = round.ending { endings.insert("\(ending)".prefix { $0 != "(" }.description) }
            }
            try Self.compareStates(federation, machine)
        }
        let counts = outcomes.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" }
        print("compared on a chain: \(outcomes.values.reduce(0, +)) entries:", counts.joined(separator: ", "))
        // What stays with the hospitals, and what is too rare for a shorter run.
        let unseen = Set(RefusalCode.allCases.map(\.rawValue)).subtracting(outcomes.keys)
        let theirs: Set = ["invalidName", "shareMismatch", "nonceShareMismatch"]
        if Self.transactions >= 10_000 {
            #expect(endings.isSuperset(of: ["published", "rolledBack", "abandoned"]), "\(endings)")
            #expect(unseen.subtracting(theirs).count <= 12, "\(unseen.sorted())")
        }
        #expect((outcomes["ok"] ?? 0) * 5 > Self.transactions, "most entries were refused: little was compared")
    }

    private static func outcome(_ answer: String) -> String {
        guard answer.hasPrefix("revert "), let data = decodeHexadecimal(String(answer.dropFirst(7))) else {
            return answer
        }
        return RevertReason(data).description
    }

    private static func text(_ record: LedgerRecord) -> String {
        let entry = (try? record.entry()).map { "\($0)" } ?? "no entry"
        return "\(record.author): \(entry.prefix(300))"
    }

    private static func compareStates(_ federation: RandomFederation, _ machine: PythonProgram) throws {
        let expected = ChainState(
            of: federation.contract, records: federation.records,
            commitMilliseconds: RandomFederation.phaseMilliseconds[0])
        let members = federation.contract.foundation?.members.count ?? 0
        var calls = [ABIValue.selector("state()")]
        calls += (0..<members).map { ABIValue.selector("member(uint256)") + ABIValue.word(UInt64($0)) }
        let answers = try calls.map { call in
            decodeHexadecimal(try machine.ask("{\"read\": \"\(hexadecimal(call))\"}")) ?? []
        }
        let words = answers.flatMap { answer in
            stride(from: 0, to: answer.count, by: 32).map { Array(answer[$0..<$0 + 32]) }
        }
        #expect(words.count == expected.words.count)
        for (word, actual) in zip(expected.words, words) {
            #expect(actual == word.value, "\(word.name) differs")
        }
    }
}
