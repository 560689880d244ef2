import Foundation
import RingArithmetic
import Testing

@testable import MedicalImaging

@Suite struct StoreKeyTests {
    private var fixture: StoreFixture

    init() throws {
        fixture = try StoreFixture(images: 20)
        try fixture.ingest()
    }

    @Test mutating func anotherKeyAMissingKeyAndAnExposedKeyAreNamed() throws {
        let other = StoreKeyFile(fixture.folder.path + "/other.key")
        try other.makeNew(using: &fixture.generator)
        let path = fixture.path
        #expect(fixture.code { _ = try SealedStore(opening: path, with: other) } == .wrongKey)
        #expect(fixture.code { _ = try SealedStore(opening: path, with: .init(path + "/nothing")) } == .missingPath)
        #expect(
            fixture.code { _ = try loadImages(from: .path(path), imageSize: 16, seed: 1, environment: [:]) { _, _ in } }
                == .missingKey)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: fixture.key.path)
        #expect(fixture.code { _ = try fixture.open() } == .exposedKey)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: fixture.key.path)
        _ = try loadImages(
            from: .path(path), imageSize: 16, seed: 1, environment: ["CORDON_DATA_KEY": fixture.key.path]
        ) { _, _ in }
    }

    @Test mutating func aKeyFileIsNeverOverwrittenAndOnlyItsOwnersToRead() throws {
        let before = try Data(contentsOf: URL(fileURLWithPath: fixture.key.path))
        let key = fixture.key
        var generator = fixture.generator
        #expect(fixture.code { try key.makeNew(using: &generator) } == .invalidArgument)
        #expect(try Data(contentsOf: URL(fileURLWithPath: key.path)) == before && before.count == 32)
        let mode = try FileManager.default.attributesOfItem(atPath: key.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func keysAndMapInsideTheStoreAndOneKeyForBothAreRefused() throws {
        var generator = SystemRandomNumberGenerator()
        let store = try fixture.open()
        for (map, key) in [
            (fixture.path + "/map", fixture.mapKey), (fixture.map, fixture.key),
            (fixture.map, StoreKeyFile(fixture.path + "/../store/key")),
        ] {
            let code = fixture.code {
                _ = try StoreIngest(into: store, imageSize: 16, mapPath: map, mapKey: key, using: &generator)
            }
            #expect(code == .invalidArgument)
        }
    }

    @Test func onePassphraseOpensAndAnotherDoesNot() throws {
        var generator = SystemRandomNumberGenerator()
        let path = fixture.folder.path + "/second"
        func file(_ name: String, _ text: String) throws -> StoreKeyFile {
            let path = try fixture.folder.write(name, text)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            return StoreKeyFile(path)
        }
        let passphrase = try file("passphrase", "neun Birken am Kanal\n")
        let short = try file("short", "Birke\n")
        #expect(
            fixture.code {
                _ = try SealedStore(makingAt: path, with: short, isPassphrase: true, using: &generator)
            } == .malformedKey)
        let made = try SealedStore(makingAt: path, with: passphrase, isPassphrase: true, using: &generator)
        let opened = try SealedStore(opening: path, with: try file("again", "neun Birken am Kanal\r\n"))
        let pixels = pattern(width: 16, height: 16, tone: 1)
        #expect(opened.keys.address(of: pixels, imageSize: 16) == made.keys.address(of: pixels, imageSize: 16))
        let wrong = try file("wrong", "zehn Birken am Kanal\n")
        #expect(fixture.code { _ = try SealedStore(opening: path, with: wrong) } == .wrongKey)
        #expect(fixture.code { _ = try SealedStore(opening: path, with: fixture.key) } == .wrongKey)

        // A header must not make its reader weak or slow.
        for rounds in ["1024", "1099511627776", "131071"] {
            let code = try fixture.with(
                path + "/store.json",
                changedBy: {
                    let text = String(decoding: $0, as: UTF8.self)
                    $0 = Array(text.replacingOccurrences(of: "131072", with: rounds).utf8)
                }
            ) { fixture.code { _ = try SealedStore(opening: path, with: passphrase) } }
            #expect(code == .storeTampered)
        }
    }

    @Test func nothingReadableIsInTheStoreOrTheMap() throws {
        let set = try fixture.load()
        let original = try fixture.original()
        var secrets = ["Musterfrau", "MUSTERFRAU", "Radiologie", "opacity", "archive"].map { Array($0.utf8) }
        // Eight pixels in a row that are not all alike turn up by chance with probability 2⁻⁶⁴ a place.
        for index in original.samples.indices { secrets.append(Array(original.grey(index).prefix(8))) }
        secrets += set.samples.map { Array($0.patient.utf8) }
        let places =
            try FileManager.default.subpathsOfDirectory(atPath: fixture.path).map { "\(fixture.path)/\($0)" }
            + [fixture.map, fixture.key.anchorPath]
        var searched = 0
        for place in places where !isFolder(place) {
            let content = try Data(contentsOf: URL(fileURLWithPath: place))
            searched += content.count
            for secret in secrets { #expect(content.range(of: Data(secret)) == nil, "\(place)") }
        }
        #expect(searched > 20 * 432)
        for secret in secrets.prefix(3) {
            let text = try StoreReport(of: fixture.open())
            #expect(Data(try canonicalJSON(text)).range(of: Data(secret)) == nil)
        }
    }
}
