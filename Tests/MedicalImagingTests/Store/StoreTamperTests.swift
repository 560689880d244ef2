import Foundation
import Testing

@testable import MedicalImaging

/// Whatever is changed in a store, opening it ends with a named error; nothing half-true is trained on.
@Suite struct StoreTamperTests {
    private let fixture: StoreFixture

    init() throws {
        var fixture = try StoreFixture(images: 20)
        try fixture.ingest()
        self.fixture = fixture
    }

    @Test func everyByteOfASampleCounts() throws {
        let place = try fixture.samples()[0]
        let store = try fixture.open()
        let manifest = try store.finishedManifest()
        let entry = try #require(manifest.samples.first { place.contains($0.address) })
        let count = try Data(contentsOf: URL(fileURLWithPath: place)).count
        #expect(count == 88 + 60 + 256 + 28)
        for position in 0..<count {
            let code = try fixture.with(place, changedBy: { $0[position] ^= 0x10 }) {
                fixture.code { _ = try store.read(entry, of: manifest) }
            }
            #expect(code == (8..<88 ~= position ? .storeSwapped : .storeTampered), "byte \(position)")
        }
        _ = try fixture.load()
    }

    @Test func everyByteOfTheHeaderCounts() throws {
        let place = fixture.path + "/store.json"
        let count = try Data(contentsOf: URL(fileURLWithPath: place)).count
        for position in 0..<count {
            for bit in [UInt8(1), 0x20] {
                let code = try fixture.with(place, changedBy: { $0[position] ^= bit }) {
                    fixture.code { _ = try fixture.open() }
                }
                #expect(code == .storeTampered || code == .wrongKey, "byte \(position): \(String(describing: code))")
            }
        }
    }

    @Test func everyByteOfTheManifestCounts() throws {
        let store = try fixture.open()
        let count = try Data(contentsOf: URL(fileURLWithPath: fixture.manifestPath)).count
        for position in Array(0..<64) + Array(stride(from: 64, to: count, by: 37)) + [count - 1] {
            let code = try fixture.with(fixture.manifestPath, changedBy: { $0[position] ^= 1 }) {
                fixture.code { _ = try store.finishedManifest() }
            }
            #expect(code == .storeTampered || code == .storeTruncated, "byte \(position)")
        }
    }

    @Test(arguments: [0, 1, 7, 15, 40, 200, 431])
    func aFileCutShortIsNamed(length: Int) throws {
        let place = try fixture.samples()[3]
        let code = try fixture.with(place, changedBy: { $0 = Array($0.prefix(length)) }) {
            fixture.code { _ = try fixture.load() }
        }
        #expect(code == .storeTruncated)
        let manifest = try fixture.with(fixture.manifestPath, changedBy: { $0 = Array($0.prefix(length)) }) {
            fixture.code { _ = try fixture.load() }
        }
        #expect(manifest == .storeTruncated)
        let longer = try fixture.with(place, changedBy: { $0 += [0] }) { fixture.code { _ = try fixture.load() } }
        #expect(longer == .storeTruncated)
    }

    @Test func swappedMissingAndSurplusFilesAreNamed() throws {
        let (first, second) = (try fixture.samples()[0], try fixture.samples()[1])
        let files = FileManager.default
        try files.moveItem(atPath: first, toPath: first + "-")
        #expect(fixture.code { _ = try fixture.load() } == .storeIncomplete)
        try files.moveItem(atPath: second, toPath: first)
        #expect(fixture.code { _ = try fixture.load() } == .storeIncomplete)
        try files.moveItem(atPath: first + "-", toPath: second)
        #expect(fixture.code { _ = try fixture.load() } == .storeSwapped)
        try files.moveItem(atPath: first, toPath: first + "-")
        try files.moveItem(atPath: second, toPath: first)
        try files.moveItem(atPath: first + "-", toPath: second)
        _ = try fixture.load()
        let surplus = first.replacingOccurrences(of: ".sealed", with: "0.sealed")
        try files.copyItem(atPath: first, toPath: surplus)
        #expect(fixture.code { _ = try fixture.load() } == .storeRolledBack)
    }

    @Test func anOlderManifestAndAnOlderStoreAreNamed() throws {
        var fixture = fixture
        let files = FileManager.default
        try files.copyItem(atPath: fixture.path, toPath: fixture.folder.path + "/old")
        try fixture.write(20)
        try fixture.folder.write("more.csv", StoreFixture.header + StoreFixture.row(20))
        #expect(try fixture.ingest("more.csv").added == 1)
        let old = Array(try Data(contentsOf: URL(fileURLWithPath: fixture.folder.path + "/old/manifest.sealed")))
        let manifest = try fixture.with(fixture.manifestPath, changedBy: { $0 = old }) {
            fixture.code { _ = try fixture.load() }
        }
        #expect(manifest == .storeRolledBack)

        // Without the anchor, the sample that the older manifest does not list gives it away, to an ingest too.
        let anchor = fixture.key.anchorPath
        try files.moveItem(atPath: anchor, toPath: anchor + "-")
        let unanchored = try fixture.with(fixture.manifestPath, changedBy: { $0 = old }) {
            let ingest = fixture.code { try fixture.ingest("more.csv") }
            #expect(ingest == .storeRolledBack)
            return fixture.code { _ = try fixture.load() }
        }
        #expect(unanchored == .storeRolledBack)
        #expect(try fixture.load().notes.contains { $0.contains("no anchor") })
        try files.moveItem(atPath: anchor + "-", toPath: anchor)
        #expect(try fixture.load().notes.allSatisfy { !$0.contains("no anchor") })

        try files.removeItem(atPath: fixture.path)
        try files.moveItem(atPath: fixture.folder.path + "/old", toPath: fixture.path)
        #expect(fixture.code { _ = try fixture.load() } == .storeRolledBack)
        #expect(fixture.code { try fixture.ingest() } == .storeRolledBack)
    }

    @Test func aFalseAnchorIsNamed() throws {
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: fixture.key.anchorPath)), as: UTF8.self)
        let lower = text.replacingOccurrences(of: "\"generation\":2", with: "\"generation\":1")
        #expect(lower != text)
        let code = try fixture.with(fixture.key.anchorPath, changedBy: { $0 = Array(lower.utf8) }) {
            fixture.code { _ = try fixture.load() }
        }
        #expect(code == .storeTampered)
    }

    @Test func aSampleOfAnotherStoreUnderTheSameKeyIsNamed() throws {
        var other = fixture
        try FileManager.default.moveItem(atPath: fixture.path, toPath: fixture.path + "-1")
        try FileManager.default.removeItem(atPath: fixture.map)
        try other.ingest()
        let (foreign, own) = (try other.samples()[0], fixture.path + "-1")
        let store = try SealedStore(opening: own, with: fixture.key)
        let address = try store.storedAddresses()[0]
        try FileManager.default.removeItem(atPath: store.samplePath(address))
        try FileManager.default.copyItem(atPath: foreign, toPath: store.samplePath(address))
        #expect(fixture.code { _ = try store.load(imageSize: 16) { _, _ in } } == .storeSwapped)
    }

    @Test func theMapIsBoundAndWhole() throws {
        let names = { (fixture: StoreFixture) in
            fixture.code { _ = try StoreReport(of: fixture.open(), map: (fixture.map, fixture.mapKey)) }
        }
        #expect(names(fixture) == nil)
        let count = try Data(contentsOf: URL(fileURLWithPath: fixture.map)).count
        for position in stride(from: 0, to: count, by: 11) {
            let code = try fixture.with(fixture.map, changedBy: { $0[position] ^= 1 }) { names(fixture) }
            #expect(code != nil, "byte \(position)")
        }
        let cut = try fixture.with(fixture.map, changedBy: { $0.removeLast(5) }) { names(fixture) }
        #expect(cut == .storeTruncated)
        var other = fixture
        let code = try fixture.with(fixture.map, changedBy: { $0.removeLast(5) }) { other.code { try other.ingest() } }
        #expect(code == .storeTruncated)
        try FileManager.default.moveItem(atPath: fixture.map, toPath: fixture.map + "-")
        #expect(other.code { try other.ingest() } == .storeIncomplete)
    }
}
