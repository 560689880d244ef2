import Foundation
import Testing

extension EndToEnd {
    @Suite("Bad data ends with 65, missing data with 66, and the message says what and where")
    struct BadDataTests {
        /// A way in which a data set of sixty sound images is spoilt.
        enum Fault: String, CaseIterable {
            case truncatedPNG, truncatedJPEG, noImage, missingImage, noLabelColumn, oneClass, classWithoutTraining
            case emptyFile, headerOnly, raggedRow, emptyLabel, unknownSplit, patientOnTwoSides
            case emptyClassFolder, noClassFolder, brokenArchive, unknownEnding, fewerPatientsThanHospitals
            case hospitalWithoutPatients, missingManifest

            var status: Int32 { self == .missingImage || self == .missingManifest ? 66 : 65 }

            /// What the message must name.
            var words: [String] {
                switch self {
                case .truncatedPNG: ["images/bad.png", "cannot be decoded"]
                case .truncatedJPEG: ["images/bad.jpg", "cannot be decoded"]
                case .noImage: ["images/bad.txt", "cannot be decoded"]
                case .missingImage: ["images/bad.png", "no file"]
                case .noLabelColumn: ["data.csv", "no column label"]
                case .oneClass: ["one class clear"]
                case .classWithoutTraining: ["opacity", "no training image"]
                case .emptyFile: ["data.csv is empty"]
                case .headerOnly: ["data.csv", "no image"]
                case .raggedRow: ["data.csv line 62", "4 fields"]
                case .emptyLabel: ["data.csv line 62", "label is empty"]
                case .unknownSplit: ["data.csv line 2", "holdout"]
                case .patientOnTwoSides: ["images/1.png", "side"]
                case .emptyClassFolder: ["class folder opacity", "no JPEG, PNG, DICOM or NIfTI"]
                case .noClassFolder: ["folder of images"]
                case .brokenArchive: ["data.npz", "ZIP"]
                case .unknownEnding: ["data.txt", ".npz"]
                case .fewerPatientsThanHospitals: ["hospital-43 has no patients", "50 hospitals"]
                case .hospitalWithoutPatients: ["has no patients", "heterogeneity"]
                case .missingManifest: ["nowhere.csv", "no data"]
                }
            }

            /// Writes the spoilt data set and returns the flags that ask for it.
            func write(to scratch: Scratch) throws -> [String] {
                var rows = try ImageFolder.write(count: 60, to: scratch)
                var header = "file,label,patient"
                var extra: [String] = []
                switch self {
                case .truncatedPNG:
                    let whole = try ImageFolder.png(0)
                    try scratch.write(whole.prefix(whole.count / 2), to: "images/bad.png")
                    rows.append("images/bad.png,clear,x")
                case .truncatedJPEG:
                    try scratch.write(Data([0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46]), to: "images/bad.jpg")
                    rows.append("images/bad.jpg,clear,x")
                case .noImage:
                    try scratch.write("not an image", to: "images/bad.txt")
                    rows.append("images/bad.txt,clear,x")
                case .missingImage: rows.append("images/bad.png,clear,x")
                case .noLabelColumn: header = "file,diagnosis,patient"
                case .oneClass: rows = rows.filter { $0.contains(",clear,") }
                case .classWithoutTraining:
                    header += ",split"
                    rows = rows.enumerated().map { $1 + ($0 % 2 == 1 || $0 < 20 ? ",test" : ",train") }
                case .emptyFile, .unknownEnding, .brokenArchive: break
                case .headerOnly: rows = []
                case .raggedRow: rows.append("images/0.png,clear,x,surplus")
                case .emptyLabel: rows.append("images/0.png,,x")
                case .unknownSplit:
                    header += ",split"
                    rows = rows.map { $0 + ",holdout" }
                case .patientOnTwoSides:
                    header += ",split"
                    rows = rows.indices.map { "images/\($0).png,\($0 % 2),same,\($0 == 1 ? "test" : "train")" }
                case .emptyClassFolder:
                    try scratch.write(try ImageFolder.png(0), to: "folders/clear/0.png")
                    try FileManager.default.createDirectory(
                        at: scratch.url("folders/opacity"), withIntermediateDirectories: true)
                    return ["--data", "folders"]
                case .noClassFolder: return ["--data", "images"]
                case .fewerPatientsThanHospitals: extra = ["--hospitals", "50"]
                case .hospitalWithoutPatients: extra = ["--hospitals", "40", "--heterogeneity", "0.01"]
                case .missingManifest: return ["--data", "nowhere.csv"]
                }
                let name = self == .unknownEnding ? "data.txt" : self == .brokenArchive ? "data.npz" : "data.csv"
                try scratch.write(self == .emptyFile ? "" : ImageFolder.manifest(rows, header: header), to: name)
                return ["--data", name] + extra
            }
        }

        @Test(arguments: Fault.allCases)
        func simulate(fault: Fault) throws {
            let scratch = try Scratch()
            let flags = try fault.write(to: scratch)
            let run = try CordonRun(SmallRun.arguments("--json") + flags, in: scratch)
            #expect(run.status == fault.status)
            #expect(run.standardError.hasPrefix("error: "))
            for word in fault.words {
                #expect(run.standardError.contains(word), "\"\(word)\" is not in: \(run.standardError)")
            }
            #expect(run.standardOutput.isEmpty)
            #expect(!scratch.has("run/summary.json") && !scratch.has("run/report.html"))
        }

        @Test func theVariableForDataIsNamedByItsPath() throws {
            let scratch = try Scratch()
            let run = try CordonRun(
                ["simulate", "--rounds", "1", "--out", "run"], in: scratch,
                environment: ["CORDON_DATA": "/nonexistent/manifest.csv"])
            #expect(run.status == 66)
            #expect(run.standardError.contains("/nonexistent/manifest.csv"))
        }
    }
}
