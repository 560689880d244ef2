import Crypto
import Foundation
import Report
import Testing

extension EndToEnd {
    @Suite("The proof of an entry leads to the root that the coordinator signed")
    struct LedgerProofTests {
        private struct Proof: Decodable {
            let index: Int
            let size: Int
            let root: String
            let leafHash: String
            let path: [String]
        }

        @Test func everyEntryLeadsToTheSignedRoot() throws {
            let scratch = try Scratch()
            let (_, summary) = try SmallRun.succeed(SmallRun.arguments(), in: scratch)
            for index in [0, 1, summary.ledger.size / 2, summary.ledger.size - 1] {
                let run = try CordonRun(["ledger", "prove", "run/ledger", "\(index)", "--json"], in: scratch)
                let proof = try JSONDecoder().decode(Proof.self, from: run.standardOutput)
                #expect(proof.index == index && proof.size == summary.ledger.size)
                #expect(proof.root == summary.ledger.root)
                #expect(Self.root(of: proof) == proof.root, "entry \(index)")
            }
            let beyond = try CordonRun(["ledger", "prove", "run/ledger", "\(summary.ledger.size)"], in: scratch)
            #expect(beyond.status == 64 && beyond.standardError.contains("0 … \(summary.ledger.size - 1)"))
        }

        @Test func aFalseCheckpointProvesNothing() throws {
            let scratch = try Scratch()
            _ = try SmallRun.succeed(SmallRun.arguments(), in: scratch)
            try scratch.flip("run/ledger/checkpoint", at: try scratch.data("run/ledger/checkpoint").count / 2)
            let run = try CordonRun(["ledger", "prove", "run/ledger", "0"], in: scratch)
            #expect(run.status == 1 && run.standardError.contains("checkpoint"))
            #expect(run.standardOutput.isEmpty)
        }

        /// The verification of RFC 9162, section 2.1.3.2, written out once more.
        private static func root(of proof: Proof) -> String? {
            var (position, last) = (proof.index, proof.size - 1)
            var hash = bytes(proof.leafHash)
            for node in proof.path.map(bytes) {
                if last == 0 { return nil }
                if !position.isMultiple(of: 2) || position == last {
                    hash = Array(SHA256.hash(data: [1] + node + hash))
                    while position.isMultiple(of: 2), position != 0 { (position, last) = (position / 2, last / 2) }
                } else {
                    hash = Array(SHA256.hash(data: [1] + hash + node))
                }
                (position, last) = (position / 2, last / 2)
            }
            return last == 0 ? hash.map { String(format: "%02x", $0) }.joined() : nil
        }

        private static func bytes(_ hexadecimal: String) -> [UInt8] {
            let digits = Array(hexadecimal)
            return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
        }
    }
}
