import Foundation
import Testing

extension EndToEnd {
    /// The example that everybody is pointed to: processes, mutual TLS, kill -9 in every phase.
    @Suite("Three hospitals") struct ThreeHospitals {
        @Test(.timeLimit(.minutes(10)))
        func underANewAgreementTheModelGoesOn() throws {
            let scratch = try Scratch()
            let run = try CordonRun(
                script: "/bin/bash '\(try Self.example())' --renew --rounds 1 --out federation", in: scratch,
                patienceSeconds: 500)
            #expect(run.status == 0, "\(run.standardError)")
            #expect(run.output.matches(of: /The ledger holds: \d+ entries, 1 published rounds/).count == 3)
            #expect(run.output.contains("west left, east came, north has a new key"))
            #expect(run.output.contains(/renewed: +from model [0-9a-f]{16}… to [0-9a-f]{16}…/))
        }

        @Test(
            .enabled(if: EndToEnd.OutputTests.mayMount, "SKIPPED: a full disk needs the right to mount a tmpfs"),
            .timeLimit(.minutes(10)))
        func aHospitalWithAFullDiskSaysSoAndGoesOnWhenThereIsRoom() throws {
            let scratch = try Scratch()
            let run = try CordonRun(
                script: "exec unshare -m /bin/bash '\(try Self.example())' --full --rounds 1 --out federation",
                in: scratch, patienceSeconds: 500)
            #expect(run.status == 0, "\(run.standardError)")
            #expect(run.output.contains(/error: .*west\/state\/.*disk/))
            #expect(run.output.contains(/west +1 +0 +0/))
        }

        private static func example() throws -> String {
            let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("../../Examples/three-hospitals/run.sh").standardizedFileURL
            try #require(FileManager.default.fileExists(atPath: "/bin/bash"), "the example is a bash script")
            return example.path
        }

        @Test(.timeLimit(.minutes(10)))
        func killedAnywhereTheyEndWithTheSameModel() throws {
            let scratch = try Scratch()
            let run = try CordonRun(
                script: "/bin/bash '\(try Self.example())' --kill --out federation", in: scratch, patienceSeconds: 500)
            #expect(run.status == 0, "\(run.standardError)")
            #expect(run.output.contains("the same model, to the bit"))
            #expect(run.output.matches(of: /killed/).count == 9)
            #expect(run.output.matches(of: /The ledger holds: \d+ entries, 3 published rounds/).count == 2)
        }
    }
}
