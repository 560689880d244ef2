import Foundation
import Report
import Testing

extension EndToEnd {
    @Suite("A run leaves what it promises")
    struct JourneyTests {
        @Test func everyFileIsWritten() throws {
            let scratch = try Scratch()
            let (run, summary) = try SmallRun.succeed(SmallRun.arguments(), in: scratch)
            #expect(summary.federation.hospitals == 3 && summary.federation.roundsPublished == 1)
            #expect(summary.rounds.count == 1 && summary.perHospital.count == 3)
            #expect(summary.ledger.size > 0 && summary.ledger.root.count == 64)

            let page = String(decoding: try scratch.data("run/report.html"), as: UTF8.self)
            #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("</html>") && page.contains(summary.ledger.root))
            #expect(page.contains("SYNTHETIC") && !page.contains("src=\"http"))
            let model = try scratch.data("run/model.safetensors")
            #expect(try parameterCount(inSafetensors: model) == summary.model.parameterCount)
            #expect(try !scratch.files(below: "run/ledger").isEmpty)
            #expect(try scratch.files(below: "run").allSatisfy { !$0.hasSuffix(".partial") })

            #expect(run.output.contains("SYNTHETIC") && run.output.contains("round 1/1"))
            #expect(run.output.contains("run/report.html") && run.output.contains("cordon ledger verify run/ledger"))
            #expect(run.standardError.isEmpty)
        }

        /// Counts float32 parameters as the format defines them: a length, a JSON header, the data.
        private func parameterCount(inSafetensors file: Data) throws -> Int {
            try #require(file.count > 8)
            let length = (0..<8).reversed().reduce(0) { $0 << 8 | Int(file[$1]) }
            let header = try JSONSerialization.jsonObject(with: file.subdata(in: 8..<8 + length))
            let tensors = try #require(header as? [String: [String: Any]]).filter { $0.key != "__metadata__" }
            #expect(tensors.values.allSatisfy { $0["dtype"] as? String == "F32" })
            let shapes = tensors.values.compactMap { $0["shape"] as? [Int] }
            let count = shapes.map { $0.reduce(1, *) }.reduce(0, +)
            #expect(file.count == 8 + length + 4 * count)
            return count
        }

        @Test func jsonIsAllThatStandardOutputGets() throws {
            let scratch = try Scratch()
            let (run, summary) = try SmallRun.succeed(SmallRun.arguments("--json"), in: scratch)
            #expect(try RunSummary(json: run.standardOutput) == summary)
            #expect(try run.standardOutput == scratch.data("run/summary.json"))
            #expect(run.standardError.contains("SYNTHETIC"))
        }

        @Test func theSameSeedGivesTheSameBytes() throws {
            let scratch = try Scratch()
            let (_, first) = try SmallRun.succeed(SmallRun.arguments("--out", "a"), in: scratch)
            let (_, again) = try SmallRun.succeed(SmallRun.arguments("--out", "again"), in: scratch)
            let (_, other) = try SmallRun.succeed(SmallRun.arguments("--out", "other", "--seed", "2"), in: scratch)
            #expect(first.model.digest == again.model.digest && first.model.digest != other.model.digest)
            #expect(first.ledger.root == again.ledger.root && first.ledger.root != other.ledger.root)
            #expect(first.ledger.checkpoint == again.ledger.checkpoint)
            #expect(try scratch.data("a/model.safetensors") == scratch.data("again/model.safetensors"))
        }

        @Test func aManifestOfOneOwnImagesIsTrainedOn() throws {
            let scratch = try Scratch()
            let rows = try ImageFolder.write(count: 60, to: scratch)
            try scratch.write(ImageFolder.manifest(rows), to: "manifest.csv")
            let (run, summary) = try SmallRun.succeed(SmallRun.arguments("--data", "manifest.csv"), in: scratch)
            #expect(summary.dataSet.classNames == ["clear", "opacity"])
            #expect(!summary.dataSet.isSynthetic && !run.output.contains("SYNTHETIC"))
            #expect(summary.dataSet.splits.map(\.patientCount).reduce(0, +) == 60)
        }

        @Test func aGarbageSenderIsExcludedByName() throws {
            let scratch = try Scratch()
            let (run, summary) = try SmallRun.succeed(
                SmallRun.arguments("--hospitals", "5", "--attack", "garbage"), in: scratch)
            #expect(run.output.contains("excluded: hospital-1"))
            #expect(summary.federation.roundsPublished == 1)
        }

        @Test(arguments: [(1, 1), (2, 0)])
        func aRoundSurvivesOneSilentHospitalAndNotTwo(silent: Int, published: Int) throws {
            let scratch = try Scratch()
            let (run, summary) = try SmallRun.succeed(
                SmallRun.arguments("--hospitals", "5", "--vanish", "\(silent)@sum:1"), in: scratch)
            #expect(summary.federation.roundsPublished == published)
            #expect(summary.federation.roundsAbandoned == 1 - published)
            #expect(run.output.contains("ABANDONED") == (published == 0))
        }
    }
}
