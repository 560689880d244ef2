import Foundation
import MedicalImaging
import RingArithmetic
import Testing

@testable import ImageWorkers

/// Workers of the built program, with files on which they abort and hang.
@Suite(.serialized) struct WorkerPoolTests {
    private let folder: String
    private let program: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/workers-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        program = URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("cordon").path
        try #require(FileManager.default.isExecutableFile(atPath: program), "not built: swift build first")
    }

    private func pool(
        _ setup: WorkerSetup = WorkerSetup(), workers: Int = 2, seconds: Int = 30, abortOn: String? = nil,
        hangOn: String? = nil
    ) -> WorkerPool {
        let arguments =
            ["images", "worker"] + (abortOn.map { ["--abort-on", $0] } ?? [])
            + (hangOn.map { ["--hang-on", $0] } ?? [])
        return WorkerPool(
            program: program, arguments: arguments, setup: setup, workers: workers, secondsPerFile: seconds)
    }

    /// Grey pictures with a bright pixel each at a place of its own.
    private func write(_ count: Int) throws -> [String] {
        try (0..<count).map { index in
            var grey = [UInt8](repeating: 40, count: 1024)
            grey[37 * index % 1024] = 250
            let path = "\(folder)/\(index).png"
            try Data(encodePNG(grey, width: 32, height: 32)).write(to: URL(fileURLWithPath: path))
            return path
        }
    }

    private func request(_ path: String) throws -> SamplePreparation.Request {
        let bytes = try readFile(path, missing: .missingImage, what: "Image")
        return SamplePreparation.Request(bytes: bytes, file: path, size: 16)
    }

    /// Samples in order, nil where a file was refused; the codes of the refusals.
    private func prepare(
        _ paths: [String], with pool: WorkerPool
    ) throws -> (samples: [[UInt8]?], codes: [String: ImagingError.Code]) {
        let preparation = pool.preparation(deidentification: nil, into: RecordedDeidentification())
        var begun: [SamplePreparation.Pending] = []
        var samples: [[UInt8]?] = []
        var codes: [String: ImagingError.Code] = [:]
        for (index, path) in paths.enumerated() {
            while begun.count < preparation.lookahead, index + begun.count < paths.count {
                begun.append(try preparation.begin(request(paths[index + begun.count])))
            }
            do {
                samples.append(try begun.removeFirst()().pixels)
            } catch let error as ImagingError {
                #expect(error.message.contains(path))
                samples.append(nil)
                codes[URL(fileURLWithPath: path).lastPathComponent] = error.code
            }
        }
        return (samples, codes)
    }

    @Test func samplesAreThoseOfThisProcess() throws {
        let paths = try write(24)
        let (samples, codes) = try prepare(paths, with: pool())
        #expect(codes.isEmpty)
        for (path, sample) in zip(paths, samples) {
            #expect(try SamplePreparation.decoding.prepare(request(path)).pixels == sample)
        }
    }

    /// One file ends its worker and one never comes back: both are refused by name, all others are as they were.
    @Test func aCrashAndAHangCostOneFileEach() throws {
        let paths = try write(12)
        let (samples, codes) = try prepare(
            paths, with: pool(workers: 1, seconds: 5, abortOn: "/3.png", hangOn: "/7.png"))
        #expect(codes == ["3.png": .decoderCrashed, "7.png": .decoderTooSlow])
        for (index, path) in paths.enumerated() where index != 3 && index != 7 {
            #expect(try SamplePreparation.decoding.prepare(request(path)).pixels == samples[index], "\(path)")
        }
    }

    /// A run of the store's ingest goes on past both, and lists them.
    @Test func ingestGoesOnPastACrashAndAHang() throws {
        let rows = try write(10).enumerated().map { "\($0.offset).png,\($0.offset % 2)\n" }
        try Data(("file,label\n" + rows.joined()).utf8).write(to: URL(fileURLWithPath: folder + "/list.csv"))
        var generator = SystemRandomNumberGenerator()
        let keys = [StoreKeyFile(folder + "/key"), StoreKeyFile(folder + "/map.key")]
        for key in keys { try key.makeNew(using: &generator) }
        let store = try SealedStore(
            makingAt: folder + "/store", with: keys[0], isPassphrase: false, using: &generator)
        let pool = pool(seconds: 5, abortOn: "/4.png", hangOn: "/5.png")
        var ingest = try StoreIngest(
            into: store, imageSize: 16, mapPath: folder + "/map", mapKey: keys[1],
            preparation: pool.preparation(deidentification: nil, into: RecordedDeidentification()), using: &generator)
        let sources = try SourceImages(from: folder + "/list.csv", imageSize: 16) { _, _ in }
        let outcome = try ingest.run(sources, using: &generator) { _, _ in }
        #expect(outcome.added == 8)
        #expect(outcome.excluded == [.decoderCrashed: 1, .decoderTooSlow: 1])
    }

    /// A picture of 16 million pixels where 8 MiB are left.
    @Test func memoryIsLimited() throws {
        let path = folder + "/large.png"
        let large = try encodePNG([UInt8](repeating: 7, count: 16 << 20), width: 4096, height: 4096)
        try Data(large).write(to: URL(fileURLWithPath: path))
        let (samples, codes) = try prepare([path], with: pool(WorkerSetup(memoryMebibytes: 8)))
        #expect(samples == [nil] && [.decoderCrashed, .corruptImage].contains(codes["large.png"]))
        #expect(try prepare([path], with: pool()).codes.isEmpty)
    }

    @Test func aProgramThatIsNoneIsNamed() throws {
        let path = try write(1)[0]
        let pool = WorkerPool(
            program: "/nonexistent", arguments: [], setup: WorkerSetup(), workers: 1, secondsPerFile: 5)
        #expect(throws: ImagingError.self) { try prepare([path], with: pool) }
        // One that starts and answers nothing.
        let silent = WorkerPool(
            program: "/bin/true", arguments: [], setup: WorkerSetup(), workers: 1, secondsPerFile: 5)
        #expect(try prepare([path], with: silent).codes == ["0.png": .decoderCrashed])
    }
}
