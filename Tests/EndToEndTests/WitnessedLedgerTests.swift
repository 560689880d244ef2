import Foundation
import Testing

extension EndToEnd {
    @Suite("A witnessed ledger holds under its policy, and one file proves one entry")
    struct WitnessedLedgerTests {
        @Test func policyAndReceipt() throws {
            let scratch = try Scratch()
            _ = try SmallRun.succeed(SmallRun.arguments("--ledger", "witnessed"), in: scratch)
            let policy = try CordonRun(["ledger", "witnesses", "run/ledger"], in: scratch)
            #expect(policy.output.hasPrefix("quorum: 2\ncorruptible: 0\nwitnesses:\n"))
            try scratch.write(policy.standardOutput, to: "witnesses.yaml")
            let verified = try CordonRun(
                ["ledger", "verify", "run/ledger", "--policy", "witnesses.yaml"], in: scratch)
            #expect(verified.status == 0 && verified.output.contains("3 of 3 of the witnesses"))

            let proof = ["ledger", "prove", "run/ledger", "--receipt", "--round", "1", "--hospital"]
            let receipt = try CordonRun(proof + ["hospital-2"], in: scratch)
            #expect(receipt.status == 0)
            #expect(try CordonRun(proof + ["hospital-9"], in: scratch).status == 64)
            try scratch.write(receipt.standardOutput, to: "receipt.txt")
            let check = ["ledger", "receipt", "receipt.txt", "--policy", "witnesses.yaml"]
            let sound = try CordonRun(check, in: scratch)
            #expect(sound.status == 0 && sound.output.contains("round 1: commits ciphertext"))
            // The entry itself is changed, in the middle of its base64.
            try scratch.flip("receipt.txt", at: 400)
            let changed = try CordonRun(check, in: scratch)
            #expect(changed.status == 1 && changed.standardError.contains("does not hold"))
        }

        /// The same run, signed by the coordinator alone, has the same history and does not satisfy the policy.
        @Test func tiersHaveTheSameContractState() throws {
            let scratch = try Scratch()
            struct Verification: Decodable {
                struct Report: Decodable { let stateDigest: String }
                let report: Report
            }
            var states: Set<String> = []
            for tier in ["embedded", "witnessed"] {
                _ = try SmallRun.succeed(SmallRun.arguments("--ledger", tier, "--out", tier), in: scratch)
                let run = try CordonRun(["ledger", "verify", "\(tier)/ledger", "--json"], in: scratch)
                states.insert(try JSONDecoder().decode(Verification.self, from: run.standardOutput).report.stateDigest)
            }
            #expect(states.count == 1)
            let policy = try CordonRun(["ledger", "witnesses", "witnessed/ledger"], in: scratch)
            try scratch.write(policy.standardOutput, to: "witnesses.yaml")
            let alone = try CordonRun(
                ["ledger", "verify", "embedded/ledger", "--policy", "witnesses.yaml"], in: scratch)
            #expect(alone.status == 1 && alone.output.contains("0 of 3"))
        }

        @Test func policyThatAllowsAForkIsRefused() throws {
            let scratch = try Scratch()
            _ = try SmallRun.succeed(SmallRun.arguments("--ledger", "witnessed"), in: scratch)
            let policy = try CordonRun(["ledger", "witnesses", "run/ledger"], in: scratch).output
            for (text, word) in [
                (policy.replacingOccurrences(of: "quorum: 2", with: "quorum: 1"), "rule out a fork"),
                ("quorum: 2\n", "cordon ledger witnesses"), ("", "cordon ledger witnesses"),
            ] {
                try scratch.write(text, to: "witnesses.yaml")
                let run = try CordonRun(
                    ["ledger", "verify", "run/ledger", "--policy", "witnesses.yaml"], in: scratch)
                #expect(run.status == 65 && run.standardError.contains(word), "\(run.standardError)")
            }
        }
    }
}
