import Foundation
import RingArithmetic

@testable import MedicalImaging

/// Forty small images of twenty patients with telling names, and the keys, map and store made from them.
struct StoreFixture {
    let folder: TemporaryFolder
    let key: StoreKeyFile
    let mapKey: StoreKeyFile
    var generator = SystemRandomNumberGenerator()

    static let imageSize = 16
    static let header = "file,label,patient,split\n"

    var path: String { folder.path + "/store" }
    var map: String { folder.path + "/store.pseudonyms" }
    var manifestPath: String { path + "/manifest.sealed" }

    init(images: Int = 40) throws {
        folder = try TemporaryFolder()
        key = StoreKeyFile(folder.path + "/store.key")
        mapKey = StoreKeyFile(folder.path + "/map.key")
        try key.makeNew(using: &generator)
        try mapKey.makeNew(using: &generator)
        for index in 0..<images { try write(index) }
        try folder.write("archive.csv", Self.header + (0..<images).map(Self.row).joined())
    }

    func write(_ index: Int) throws {
        let pixels = pattern(width: 20, height: 24, tone: index)
        try folder.write("Radiologie/\(index)-MUSTERFRAU.png", encode(pixels, width: 20, height: 24, jpeg: false))
    }

    /// Two images a patient, the sides given.
    static func row(_ index: Int) -> String {
        let side = index / 2 % 5 == 4 ? "test" : index / 2 % 5 == 3 ? "val" : "train"
        return "Radiologie/\(index)-MUSTERFRAU.png,\(index % 4 < 2 ? "clear" : "opacity"),\(patient(index)),\(side)\n"
    }

    static func patient(_ index: Int) -> String { "Musterfrau^Erika \(index / 2)" }

    func open() throws -> SealedStore { try SealedStore(opening: path, with: key) }

    func load() throws -> ImageSet {
        try loadImages(from: .path(path), key: key, imageSize: Self.imageSize, seed: 1, environment: [:]) { _, _ in }
    }

    /// The images as the loaders read them from their files.
    func original() throws -> ImageSet {
        try loadImages(
            from: .path(folder.path + "/archive.csv"), imageSize: Self.imageSize, seed: 1, environment: [:]
        ) { _, _ in }
    }

    @discardableResult
    mutating func ingest(
        _ list: String = "archive.csv", slices: Int = 1, preparation: SamplePreparation = .decoding
    ) throws -> IngestOutcome {
        let store =
            SealedStore.isStore(at: path)
            ? try open() : try SealedStore(makingAt: path, with: key, isPassphrase: false, using: &generator)
        var ingest = try StoreIngest(
            into: store, imageSize: Self.imageSize, slices: slices, mapPath: map, mapKey: mapKey,
            preparation: preparation, using: &generator)
        let sources = try SourceImages(
            from: "\(folder.path)/\(list)", imageSize: Self.imageSize, slices: slices
        ) { _, _ in }
        return try ingest.run(sources, using: &generator) { _, _ in }
    }

    /// Paths of the sealed samples, sorted.
    func samples() throws -> [String] {
        try open().storedAddresses().sorted().map { "\(path)/samples/\($0.prefix(2))/\($0).sealed" }
    }

    func code(_ body: () throws -> Void) -> ImagingError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? ImagingError)?.code
        }
    }

    /// Changes a file, does something, and puts the file back.
    func with<Result>(_ path: String, changedBy change: (inout [UInt8]) -> Void, _ body: () throws -> Result) throws
        -> Result
    {
        let url = URL(fileURLWithPath: path)
        let sound = Array(try Data(contentsOf: url))
        var changed = sound
        change(&changed)
        try Data(changed).write(to: url)
        let result = try body()
        try Data(sound).write(to: url)
        return result
    }
}
