import Foundation
import Report
import Testing

extension EndToEnd {
    @Suite("The ledger of a run verifies, and no longer after one flipped bit")
    struct LedgerVerificationTests {
        private static let verify = ["ledger", "verify", "run/ledger"]

        @Test func aGoodRunVerifies() throws {
            let scratch = try Scratch()
            let (_, summary) = try SmallRun.succeed(SmallRun.arguments(), in: scratch)
            let before = try scratch.files(below: "run")
            let run = try CordonRun(Self.verify, in: scratch)
            #expect(run.status == 0, "\(run.output)\(run.standardError)")
            let json = try CordonRun(Self.verify + ["--json"], in: scratch)
            #expect(json.status == 0)
            let findings = try Findings(json: json.standardOutput)
            #expect(findings.holds && findings.places.isEmpty)
            #expect(!summary.ledger.verification.isEmpty && summary.ledger.verification.allSatisfy(\.isOk))
            #expect(try scratch.files(below: "run") == before, "verifying wrote beside the ledger")
        }

        /// The parts of a stored ledger.
        enum Part: String, CaseIterable {
            case record, checkpoint, blob, chunkList, seal, agreement

            /// File and byte to flip. The record is found by the model digest that it holds.
            func target(in scratch: Scratch, _ summary: RunSummary) throws -> (file: String, position: Int) {
                let files = try scratch.files(below: "run/ledger")
                func first(_ folder: String) throws -> String {
                    try #require(files.first { $0.hasPrefix("run/ledger/\(folder)") })
                }
                let file: String
                switch self {
                case .record:
                    let digits = Array(summary.model.digest)
                    let digest = stride(from: 0, to: digits.count, by: 2).compactMap {
                        UInt8(String(digits[$0...$0 + 1]), radix: 16)
                    }
                    let database = try first("ledger.sqlite")
                    return (database, try #require(try scratch.data(database).range(of: Data(digest))).lowerBound)
                case .checkpoint: file = try first("checkpoint")
                case .blob: file = try first("blobs/")
                case .chunkList: file = try first("roots/")
                case .seal: file = try first("ledger.seal")
                case .agreement: file = try first("agreement.json")
                }
                return (file, try scratch.data(file).count / 2)
            }

            /// What the findings must name.
            var place: Regex<Substring> {
                switch self {
                case .record: /entry \d+/
                case .checkpoint: /checkpoint/
                case .blob, .chunkList: /ciphertext|blob|chunk list/
                case .seal: /ledger\.seal/
                case .agreement: /agreement/
                }
            }
        }

        @Test func aFlippedBitIsNamed() throws {
            let scratch = try Scratch()
            let (_, summary) = try SmallRun.succeed(SmallRun.arguments(), in: scratch)
            for part in Part.allCases {
                let (file, position) = try part.target(in: scratch, summary)
                try scratch.flip(file, at: position)
                let run = try CordonRun(Self.verify + ["--json"], in: scratch)
                #expect(run.status == 1, "\(part): \(run.standardError)")
                let findings = try Findings(json: run.standardOutput)
                #expect(!findings.holds)
                #expect(findings.places.contains { $0.contains(part.place) }, "\(part): \(findings.places)")
                try scratch.flip(file, at: position)
            }
            let run = try CordonRun(Self.verify, in: scratch)
            #expect(run.status == 0 && run.output.contains("The ledger holds"))
        }

        /// What `ledger verify --json` says.
        struct Findings {
            let holds: Bool
            let places: [String]

            init(json: Data) throws {
                let whole = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
                holds = try #require(whole["holds"] as? Bool)
                let report = try #require(whole["report"] as? [String: Any])
                places = try #require(report["findings"] as? [[String: Any]]).compactMap { $0["place"] as? String }
            }
        }

        @Test func anyFlippedBitIsFound() throws {
            let scratch = try Scratch()
            _ = try SmallRun.succeed(SmallRun.arguments(), in: scratch)
            let files = try scratch.files(below: "run/ledger")
            // Places spread by the golden ratio over the files and within them, the same in every run.
            for step in 1...8 {
                let share = (Double(step) * 0.618_033_988_75).truncatingRemainder(dividingBy: 1)
                let file = files[step % files.count]
                let position = Int(share * Double(try scratch.data(file).count))
                try scratch.flip(file, at: position)
                #expect(try CordonRun(Self.verify, in: scratch).status == 1, "\(file), byte \(position)")
                try scratch.flip(file, at: position)
            }
        }

        @Test func aMissingOrAddedFileIsFound() throws {
            let scratch = try Scratch()
            _ = try SmallRun.succeed(SmallRun.arguments(), in: scratch)
            for name in ["more", "x"] {
                try scratch.write("more", to: "run/ledger/\(name)")
                let run = try CordonRun(Self.verify, in: scratch)
                #expect(run.status == 1 && run.output.contains("\(name): the file was added"))
                try FileManager.default.removeItem(at: scratch.url("run/ledger/\(name)"))
            }
            let blob = try #require(try scratch.files(below: "run/ledger/blobs").first)
            try FileManager.default.removeItem(at: scratch.url(blob))
            #expect(try CordonRun(Self.verify, in: scratch).status == 1)
        }

        @Test func noLedgerIsMissingInput() throws {
            let scratch = try Scratch()
            let run = try CordonRun(["ledger", "verify", "nowhere"], in: scratch)
            #expect(run.status == 66)
            #expect(run.standardError.contains("nowhere"))
            #expect(!scratch.has("nowhere"))
        }
    }
}
