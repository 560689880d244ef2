import Foundation
import Synchronization
import Testing

@testable import MedicalImaging

@Suite struct StoreIngestTests {
    private var fixture: StoreFixture

    init() throws { fixture = try StoreFixture() }

    /// What a power cut is to a process: no `ImagingError`, so nothing is left out because of it.
    private struct PowerCut: Error {}

    /// Decodes so many images and then fails; counts what it decoded.
    private func failing(after limit: Int, _ decoded: borrowing Counter) -> SamplePreparation {
        let counter = decoded.value
        return SamplePreparation { request in
            let count = counter.count.withLock { value in
                value += 1
                return value
            }
            guard count <= limit else { throw PowerCut() }
            return try SamplePreparation.decoding.prepare(request)
        }
    }

    private struct Counter: ~Copyable {
        final class Value: Sendable {
            let count = Mutex(0)
        }

        let value = Value()
    }

    @Test mutating func theStoreGivesWhatTheFolderGives() throws {
        #expect(try fixture.ingest().added == 40)
        let set = try fixture.load()
        let original = try fixture.original()
        #expect(set.pixels == original.pixels && set.classNames == original.classNames)
        #expect(set.samples.map(\.label) == original.samples.map(\.label))
        #expect(set.samples.map(\.split) == original.samples.map(\.split))
        #expect(set.patientCount(Array(0..<40)) == 20 && set.samples[0].patient == set.samples[1].patient)
        #expect(try set.preprocessing == original.preprocessing)
        #expect(set.origin == .sealedStore)
        let wrongSize = fixture.code {
            _ = try loadImages(from: .path(fixture.path), key: fixture.key, imageSize: 32, seed: 1) { _, _ in }
        }
        #expect(wrongSize == .invalidArgument)
    }

    @Test(arguments: [1, 7, 39]) mutating func anInterruptedIngestGoesOnWhereItWas(after limit: Int) throws {
        let counter = Counter()
        #expect(throws: PowerCut.self) { try fixture.ingest(preparation: failing(after: limit, counter)) }
        #expect(fixture.code { _ = try fixture.load() } == .storeUnfinished)
        counter.value.count.withLock { $0 = 0 }
        let outcome = try fixture.ingest(preparation: failing(after: 100, counter))
        #expect(outcome.resumed == limit && outcome.alreadyPresent == limit && outcome.added == 40 - limit)
        #expect(counter.value.count.withLock { $0 } == 40 - limit)
        var whole = try StoreFixture()
        try whole.ingest()
        #expect(try fixture.load().pixels == whole.load().pixels)
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.path).count == 4)
    }

    /// The last record half written, the last sample half written, and the journal already taken in but not removed.
    @Test mutating func whatAKillLeavesHalfDoneIsDoneAgain() throws {
        let counter = Counter()
        #expect(throws: PowerCut.self) { try fixture.ingest(preparation: failing(after: 10, counter)) }
        let store = try fixture.open()
        let journal = store.journalPath(try #require(try store.journals().first))
        let content = try Data(contentsOf: URL(fileURLWithPath: journal))
        try content.dropLast(9).write(to: URL(fileURLWithPath: journal))
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: try fixture.samples()[0]))
        try Data([1]).write(to: URL(fileURLWithPath: try fixture.samples()[1] + ".partial"))
        let outcome = try fixture.ingest()
        #expect(outcome.resumed >= 8 && outcome.resumed <= 9 && outcome.added + outcome.alreadyPresent == 40)
        #expect(try fixture.load().samples.count == 40)
        let left = try FileManager.default.subpathsOfDirectory(atPath: fixture.path).filter { $0.hasSuffix("partial") }
        #expect(left.isEmpty)

        try content.write(to: URL(fileURLWithPath: store.journalPath(1)))
        #expect(try fixture.ingest().alreadyPresent == 40)
        #expect(try store.journals().isEmpty)
        try content.write(to: URL(fileURLWithPath: store.journalPath(99)))
        #expect(fixture.code { try fixture.ingest() } == .storeRolledBack)
    }

    @Test mutating func aJournalThatWasAlteredIsNamed() throws {
        let counter = Counter()
        #expect(throws: PowerCut.self) { try fixture.ingest(preparation: failing(after: 10, counter)) }
        let store = try fixture.open()
        let journal = store.journalPath(try #require(try store.journals().first))
        let code = try fixture.with(journal, changedBy: { $0[60] ^= 1 }) { fixture.code { try fixture.ingest() } }
        #expect(code == .storeTampered)
    }

    @Test mutating func onlyOneIngestWritesAtATime() throws {
        try fixture.ingest()
        let lock = try StoreLock(of: fixture.open())
        #expect(fixture.code { try fixture.ingest() } == .storeBusy)
        withExtendedLifetime(lock) {}
    }

    @Test mutating func whatCannotBeReadIsLeftOutWithItsReason() throws {
        try fixture.folder.write("Radiologie/3-MUSTERFRAU.png", [0x89, 0x50])
        try fixture.folder.write("Radiologie/5-MUSTERFRAU.png", "no image")
        try FileManager.default.removeItem(atPath: fixture.folder.path + "/Radiologie/7-MUSTERFRAU.png")
        try FileManager.default.removeItem(atPath: fixture.folder.path + "/Radiologie/9-MUSTERFRAU.png")
        try FileManager.default.copyItem(
            atPath: fixture.folder.path + "/Radiologie/8-MUSTERFRAU.png",
            toPath: fixture.folder.path + "/Radiologie/9-MUSTERFRAU.png")
        let outcome = try fixture.ingest()
        #expect(outcome.added == 36 && outcome.excluded.values.reduce(0, +) == 4)
        #expect(outcome.excluded[.missingImage] == 1 && outcome.excluded[.duplicateImage] == 1)
        let report = try StoreReport(of: fixture.open(), map: (fixture.map, fixture.mapKey))
        #expect(report.images == 36 && report.exclusions.map(\.images).reduce(0, +) == 4)
        #expect(
            report.exclusions.first { $0.reason == "missingImage" }?.files == ["Radiologie/7-MUSTERFRAU.png"])
        #expect(try StoreReport(of: fixture.open()).exclusions.allSatisfy { $0.files == nil })

        // A file that was mended is taken in; the others stay out, once each.
        try fixture.write(3)
        #expect(try fixture.ingest().added == 1)
        #expect(try StoreReport(of: fixture.open()).exclusions.map(\.images).reduce(0, +) <= 4)
        #expect(try fixture.load().samples.count == 37)
    }

    @Test mutating func sidesStayWhenImagesAreAdded() throws {
        let bare = { (indices: Range<Int>) in
            "file,label,patient\n"
                + indices.map { index in
                    let label = index % 4 < 2 ? "a" : "b"
                    return "Radiologie/\(index)-MUSTERFRAU.png,\(label),\(StoreFixture.patient(index))\n"
                }.joined()
        }
        try fixture.folder.write("first.csv", bare(0..<31))
        try fixture.folder.write("all.csv", bare(0..<40))
        try fixture.ingest("first.csv")
        let before = try fixture.open().finishedManifest().samples
        #expect(try fixture.ingest("all.csv").added == 9)
        let after = try fixture.open().finishedManifest().samples
        #expect(Array(after.prefix(31)) == before)
        #expect(after[30].patient == after[31].patient && after[30].split == after[31].split)
        #expect(Set(after.map { "\($0.patient) \($0.split)" }).count == 20)
        let opposite = after[0].split == .test ? "train" : "test"
        try fixture.write(40)
        try fixture.folder.write(
            "moved.csv",
            StoreFixture.header + "Radiologie/40-MUSTERFRAU.png,a,\(StoreFixture.patient(0)),\(opposite)\n")
        #expect(fixture.code { try fixture.ingest("moved.csv") } == .patientOnTwoSides)
    }

    /// Of 20,000 patients the shares lie within six standard deviations: a false alarm in 10⁸.
    @Test mutating func sidesHaveTheirShares() throws {
        try fixture.ingest()
        let keys = try fixture.open().keys
        let sides = (0..<20_000).map { keys.side(of: "pseudonym \($0)") }
        for (side, share) in [(Split.train, 0.7), (.validation, 0.1), (.test, 0.2)] {
            let deviation = (share * (1 - share) * 20_000).squareRoot()
            #expect(abs(Double(sides.filter { $0 == side }.count) - share * 20_000) < 6 * deviation)
        }
    }

    @Test mutating func anotherPipelineIsRefused() throws {
        try fixture.ingest()
        let deidentifying = SamplePreparation(deidentification: "00ff", prepare: SamplePreparation.decoding.prepare)
        #expect(fixture.code { try fixture.ingest(preparation: deidentifying) } == .pipelineMismatch)
        let plain = try Preprocessing(imageSize: 16)
        #expect(try plain.digest == Preprocessing(imageSize: 16).digest)
        #expect(try plain.digest != Preprocessing(imageSize: 17).digest)
        #expect(try plain.digest != Preprocessing(imageSize: 16, deidentification: "00ff").digest)
    }

    /// The patient that a file names itself goes before the list's.
    @Test mutating func aPreparationMayNameThePatient() throws {
        let list = (0..<6).map { "Radiologie/\($0)-MUSTERFRAU.png,\($0 % 2),\(StoreFixture.patient($0))\n" }
        try fixture.folder.write("list.csv", "file,label,patient\n" + list.joined())
        let naming = SamplePreparation { request in
            SamplePreparation.Prepared(
                pixels: try SamplePreparation.decoding.prepare(request).pixels,
                patient: "the one of \(request.file.suffix(14))")
        }
        try fixture.ingest("list.csv", preparation: naming)
        #expect(Set(try fixture.open().finishedManifest().samples.map(\.patient)).count == 1)
    }

    @Test func aPictureOnItsSideIsTold() {
        let size = 32
        let upright = (0..<size * size).map { index in
            let (x, y) = (Double(index % size) - 15.5, Double(index / size))
            return UInt8(max(0, min(255, 200 * exp(-(abs(x) - 8) * (abs(x) - 8) / 20) + 2 * y)))
        }
        let lying = (0..<size * size).map { upright[$0 % size * size + $0 / size] }
        let (first, second) = (SampleStatistics(upright, imageSize: size), SampleStatistics(lying, imageSize: size))
        #expect(first.leftRight > 0.99 && first.upDown < 0.95)
        #expect(second.upDown == first.leftRight && second.leftRight == first.upDown)
        #expect(SampleStatistics([UInt8](repeating: 9, count: 4), imageSize: 2).leftRight == 0)
    }
}
