import Foundation
import Testing

extension EndToEnd {
    /// The example that everybody is pointed to: processes, mutual TLS, kill -9 in every phase.
    @Suite("Three hospitals") struct ThreeHospitals {
        @Test(.timeLimit(.minutes(10)))
        func killedAnywhereTheyEndWithTheSameModel() throws {
            let scratch = try Scratch()
            let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("../../Examples/three-hospitals/run.sh").standardizedFileURL
            try #require(FileManager.default.fileExists(atPath: "/bin/bash"), "the example is a bash script")
            let run = try CordonRun(
                script: "/bin/bash '\(example.path)' --kill --out federation", in: scratch, patienceSeconds: 500)
            #expect(run.status == 0, "\(run.standardError)")
            #expect(run.output.contains("the same model, to the bit"))
            #expect(run.output.matches(of: /killed/).count == 9)
            #expect(run.output.matches(of: /The ledger holds: \d+ entries, 3 published rounds/).count == 2)
        }
    }
}
