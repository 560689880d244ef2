import Foundation
import MedicalImaging
import RingArithmetic

/// A real sealed store of forty small images, made once for all tests.
struct TestStore: Sendable {
    let folder: TestFolder

    var path: String { "\(folder.path)/store" }
    var key: String { "\(folder.path)/store.key" }

    static let imageSize = 16
    static let classes = ["clear", "opacity"]

    static let shared = Result { try TestStore() }

    private init() throws {
        folder = try TestFolder()
        var generator = SystemRandomNumberGenerator()
        let rows = try (0..<40).map { index in
            let grey = (0..<400).map { UInt8(truncatingIfNeeded: $0 % 20 * (5 + index % 7) + $0 / 20 * (index % 11)) }
            try folder.write("images/\(index).png", try encodePNG(grey, width: 20, height: 20))
            return "images/\(index).png,\(Self.classes[index % 2]),patient-\(index)\n"
        }
        try folder.write("manifest.csv", "file,label,patient\n" + rows.joined())
        let keyFile = StoreKeyFile("\(folder.path)/store.key")
        let mapKey = StoreKeyFile("\(folder.path)/map.key")
        try keyFile.makeNew(using: &generator)
        try mapKey.makeNew(using: &generator)
        let store = try SealedStore(
            makingAt: "\(folder.path)/store", with: keyFile, isPassphrase: false, using: &generator)
        var ingest = try StoreIngest(
            into: store, imageSize: Self.imageSize, mapPath: "\(folder.path)/map", mapKey: mapKey, using: &generator)
        let sources = try SourceImages(from: "\(folder.path)/manifest.csv", imageSize: Self.imageSize) { _, _ in }
        _ = try ingest.run(sources, using: &generator) { _, _ in }
    }
}
