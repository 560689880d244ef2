import Foundation
import MedicalImaging
import Report
import Testing

extension EndToEnd {
    @Suite("Images go into a sealed store and come out for training")
    struct SealedStoreTests {
        private static let ingest = [
            "images", "ingest", "--from", "manifest.csv", "--to", "store", "--key", "store.key", "--size", "16",
        ]

        private func archive(_ scratch: Scratch, count: Int = 60) throws {
            let rows = try ImageFolder.write(count: count, to: scratch)
            let sides = rows.enumerated().map { $1 + ($0 % 10 < 7 ? ",train" : $0 % 10 < 8 ? ",val" : ",test") }
            try scratch.write(ImageFolder.manifest(sides, header: "file,label,patient,split"), to: "manifest.csv")
        }

        /// The original files with the store's pseudonyms for patients: everything else is as it was, so the model
        /// and the ledger must be the same to the bit.
        @Test func trainingFromTheStoreIsTrainingFromTheFolder() throws {
            let scratch = try Scratch()
            try archive(scratch)
            let run = try CordonRun(Self.ingest + ["--new-key"], in: scratch)
            try #require(run.status == 0, "\(run.standardError)")
            #expect(run.output.contains("60 images: 60 sealed"))
            let export = try CordonRun(
                ["images", "export", "--store", "store", "--key", "store.key", "--to", "clear"], in: scratch)
            try #require(export.status == 0, "\(export.standardError)")

            let exported = try lines(scratch, "clear/manifest.csv")
            let original = try lines(scratch, "manifest.csv")
            let renamed = zip(original, exported).map { old, new in
                let (before, after) = (old.split(separator: ","), new.split(separator: ","))
                #expect("\"\(before[1])\"" == after[1])
                return "\(before[0]),\(before[1]),\(after[2]),\(before[3])"
            }
            try scratch.write(
                ImageFolder.manifest(renamed, header: "file,label,patient,split"), to: "pseudonymous.csv")
            let key = ["--data-key", "store.key"]
            let (_, sealed) = try SmallRun.succeed(
                SmallRun.arguments("--out", "sealed", "--data", "store") + key, in: scratch)
            let (_, open) = try SmallRun.succeed(
                SmallRun.arguments("--out", "open", "--data", "pseudonymous.csv"), in: scratch)
            let (_, clear) = try SmallRun.succeed(
                SmallRun.arguments("--out", "exported", "--data", "clear"), in: scratch)
            #expect(sealed.model.digest == open.model.digest && sealed.ledger.root == open.ledger.root)
            #expect(sealed.model.digest == clear.model.digest && sealed.metrics == open.metrics)
            #expect(sealed.dataSet.origin == "sealedStore" && sealed.dataSet.splits == open.dataSet.splits)
            let agreements = try scratch.files(below: "sealed/ledger").contains {
                try scratch.data($0).range(of: Data("\\\"preprocessing\\\":\\\"".utf8)) != nil
            }
            #expect(agreements, "the agreement kept with the ledger names no preprocessing")
        }

        private func lines(_ scratch: Scratch, _ name: String) throws -> [String] {
            String(decoding: try scratch.data(name), as: UTF8.self).split(separator: "\n").dropFirst().map(String.init)
        }

        @Test func withoutTheKeyNothingComesOut() throws {
            let scratch = try Scratch()
            try archive(scratch)
            #expect(try CordonRun(Self.ingest, in: scratch).status == 66)
            #expect(try CordonRun(Self.ingest + ["--new-key"], in: scratch).status == 0)
            #expect(try CordonRun(Self.ingest + ["--new-key"], in: scratch).status == 64)
            let export = ["images", "export", "--store", "store", "--to", "clear"]
            #expect(try CordonRun(export, in: scratch).status == 64)
            let other = try CordonRun(export + ["--key", "store.key.pseudonyms"], in: scratch)
            #expect(other.status == 65 && other.standardError.contains("does not open"))
            #expect(!scratch.has("clear"))
            let run = try CordonRun(SmallRun.arguments("--data", "store"), in: scratch)
            #expect(run.status == 64 && run.standardError.contains("CORDON_DATA_KEY"))
            let named = try CordonRun(
                SmallRun.arguments("--data", "store"), in: scratch, environment: ["CORDON_DATA_KEY": "store.key"])
            #expect(named.status == 0)
            let sample = try #require(try scratch.files(below: "store/samples").first { $0.hasSuffix(".sealed") })
            try scratch.flip(sample, at: 200)
            let altered = try CordonRun(
                SmallRun.arguments("--data", "store", "--data-key", "store.key"), in: scratch)
            #expect(altered.status == 65 && altered.standardError.contains("was altered"))
        }

        @Test func theReportCounts() throws {
            struct Report: Decodable {
                struct Class: Decodable { let name: String, train: Int, validation: Int, test: Int }
                let images: Int, patients: Int, preprocessingDigest: String, classes: [Class]
            }
            let scratch = try Scratch()
            try archive(scratch)
            #expect(try CordonRun(Self.ingest + ["--new-key"], in: scratch).status == 0)
            let flags = ["images", "report", "--store", "store", "--key", "store.key"]
            let report = try JSONDecoder().decode(
                Report.self, from: CordonRun(flags + ["--json"], in: scratch).standardOutput)
            #expect(report.images == 60 && report.patients == 60 && report.preprocessingDigest.count == 64)
            #expect(report.classes.map(\.name) == ["clear", "opacity"])
            #expect(report.classes.map { $0.train + $0.validation + $0.test } == [30, 30])
            #expect(report.classes.map(\.train).reduce(0, +) == 42)
            let text = try CordonRun(flags, in: scratch)
            #expect(text.status == 0 && text.output.contains("opacity") && text.output.contains("sideways"))
            #expect(!text.output.contains("patient-"))
        }

        @Test func aKilledIngestIsFinishedByTheNext() throws {
            let scratch = try Scratch()
            let side = 700
            let rows = try (0..<60).map { index in
                let grey = (0..<side * side).map {
                    UInt8(truncatingIfNeeded: $0 % side / 3 + $0 / side * (1 + index % 9) + index)
                }
                try scratch.write(Data(try encodePNG(grey, width: side, height: side)), to: "\(index).png")
                return "\(index).png,\(index % 2 == 0 ? "clear" : "opacity"),patient-\(index)"
            }
            try scratch.write(ImageFolder.manifest(rows), to: "manifest.csv")
            let killed = try CordonRun(
                script: """
                    "$CORDON" \(Self.ingest.joined(separator: " ")) --new-key & run=$!
                    until [ "$(find store/samples -name '*.sealed' 2>/dev/null | wc -l)" -ge 5 ]; do :; done
                    kill -9 $run; sleep 0.2
                    [ -n "$(ls store/journal-*.sealed)" ]
                    """, in: scratch)
            try #require(killed.status == 0, "the ingest was over before it was killed: \(killed.standardError)")
            let unfinished = try CordonRun(
                ["images", "report", "--store", "store", "--key", "store.key"], in: scratch)
            #expect(unfinished.status == 65 && unfinished.standardError.contains("interrupted"))
            let again = try CordonRun(Self.ingest, in: scratch)
            #expect(again.status == 0 && again.output.contains("by an interrupted run"))
            let report = try CordonRun(["images", "report", "--store", "store", "--key", "store.key"], in: scratch)
            #expect(report.output.contains("60 of 16 × 16 pixels, 60 patients"))
        }
    }
}
