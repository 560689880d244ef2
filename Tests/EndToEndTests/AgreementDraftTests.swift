import Foundation
import Testing

extension EndToEnd {
    @Suite("cordon agreement draft")
    struct AgreementDraftTests {
        private struct Answer: Decodable {
            struct Plan: Decodable {
                let set: String
                let fields: Int
                let securityBitsQuantum: Int
                let securityBitsClassical: Int
                let failureLog2Round: Double
            }
            struct Traffic: Decodable {
                let bitsPerParameter: Double
                let upload: Int
                let sealedShares: Int
            }
            struct Promises: Decodable { let threshold: Int }
            struct Nearest: Decodable {
                let changes: [String]
                let parameters: Int
            }
            let fits: Bool
            let reason: String?
            let nearest: Nearest?
            let plan: Plan?
            let promises: Promises?
            let traffic: Traffic?
        }

        private func answer(_ flags: [String], status: Int32 = 0) throws -> Answer {
            let run = try CordonRun(["agreement", "draft"] + flags + ["--json"], in: Scratch())
            #expect(run.status == status && run.standardError.isEmpty)
            return try JSONDecoder().decode(Answer.self, from: run.standardOutput)
        }

        @Test func aPlanIsExplained() throws {
            let run = try CordonRun(
                ["agreement", "draft", "--hospitals", "10", "--parameters", "1000000"], in: Scratch())
            #expect(run.status == 0 && run.output.hasSuffix("A plan that fits.\n"))
            for word in ["BYTES A HOSPITAL SENDS", "bits quantum", "norm bound B", "n = 10, t = 7, c = 3", "a round"] {
                #expect(run.output.contains(word), "\"\(word)\" is missing")
            }
        }

        @Test(arguments: ["10", "100"])
        func aMillionParametersTakeAtMost29BitsEach(hospitals: String) throws {
            let draft = try answer(["--hospitals", hospitals, "--parameters", "1000000", "--minimise", "ciphertext"])
            let plan = try #require(draft.plan)
            #expect(draft.fits && plan.securityBitsQuantum >= 128 && plan.failureLog2Round < -60)
            #expect(try #require(draft.traffic).bitsPerParameter <= 29)
        }

        @Test func everyFlagChangesThePlan() throws {
            let base = ["--hospitals", "50", "--parameters", "97906"]
            let usual = try answer(base)
            let classical = try answer(base + ["--security", "classical128"])
            #expect(classical.plan?.set == "compact" && (classical.plan?.securityBitsClassical ?? 0) >= 128)
            let shares = { (draft: Answer) in draft.traffic?.sealedShares ?? 0 }
            #expect(2 * shares(classical) < shares(usual) + 200_000 && shares(classical) > 0)
            #expect(try answer(base + ["--rounding", "0.000001"]).plan?.fields != usual.plan?.fields)
            #expect(try answer(base + ["--threshold", "34"]).promises?.threshold == 34)
            #expect(try answer(base + ["--set", "large"]).plan?.set == "large")
            let more = try answer(base + ["--set", "small", "--coordinates", "1024"])
            #expect((more.plan?.securityBitsQuantum ?? .max) < (usual.plan?.securityBitsQuantum ?? 0))
        }

        @Test func whatDoesNotFitIsRefusedWithTheNearestPlan() throws {
            let flags = ["--hospitals", "5", "--parameters", "1023"]
            let refused = try answer(flags, status: 1)
            #expect(!refused.fits && refused.reason?.contains("an eighth") == true)
            #expect(refused.nearest?.parameters == 1024)
            #expect(try answer(flags + ["--patient-privacy"]).fits)
            let run = try CordonRun(["agreement", "draft"] + flags, in: Scratch())
            #expect(run.status == 1 && run.output.hasPrefix("NO PLAN: "))
            #expect(run.output.contains("The nearest plan that fits: 1024 parameters instead of 1023"))
            let crowd = try answer(["--hospitals", "300", "--parameters", "97906"], status: 1)
            #expect(crowd.nearest?.changes.first?.hasSuffix("hospitals instead of 300") == true)
            let triple = try answer(["--hospitals", "10", "--parameters", "97906", "--threshold", "5"], status: 1)
            #expect(triple.reason?.contains("allows t = 7 to 7") == true && triple.nearest == nil)
        }

        @Test(arguments: [
            ["--rounding", "-1"], ["--rounding", "nan"], ["--rounding", "0.5"], ["--rounding", "0"],
            ["--rounding", "1e-9"], ["--security", "none"], ["--minimise", "everything"], ["--set", "huge"],
            ["--coordinates", "many"],
        ])
        func badFlagsAreUsageErrors(flags: [String]) throws {
            let run = try CordonRun(
                ["agreement", "draft", "--hospitals", "5", "--parameters", "97906"] + flags, in: Scratch())
            #expect(run.status == 64 && run.standardError.hasPrefix("error: ") && run.standardOutput.isEmpty)
        }
    }
}
