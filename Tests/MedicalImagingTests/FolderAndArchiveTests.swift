import CImage
import Foundation
import Testing

@testable import MedicalImaging

@Suite struct FolderAndArchiveTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func addImages(_ prefix: String, count: Int) throws {
        for index in 0..<count {
            let png = encode(pattern(width: 18, height: 18, tone: index), width: 18, height: 18, jpeg: false)
            try folder.write("\(prefix)/\(index).png", png)
        }
    }

    private func load(_ path: String) throws -> ImageSet {
        try loadImages(from: .path(path), imageSize: 16, seed: 1) { _, _ in }
    }

    @Test func folderPerClass() throws {
        try addImages("well", count: 20)
        try addImages("ill", count: 20)
        try folder.write("well/notes.txt", "not an image")
        let set = try load(folder.path)
        #expect(set.origin == .folder && set.classNames == ["ill", "well"] && set.samples.count == 40)
        #expect(set.indices(of: .test).count == 8 && set.indices(of: .validation).count == 4)
        #expect(set.notes.count == 2)
    }

    @Test func folderPerSideAndClass() throws {
        for side in ["train", "val", "test"] {
            for name in ["a", "b", "c"] { try addImages("\(side)/\(name)", count: 2) }
        }
        let set = try load(folder.path)
        #expect(set.classNames == ["a", "b", "c"] && set.indices(of: .validation).count == 6)
    }

    @Test func emptyClassFolderIsNamed() throws {
        try addImages("well", count: 5)
        try folder.write("ill/readme.txt", "nothing here")
        let error = #expect(throws: ImagingError.self) { _ = try load(folder.path) }
        #expect(error?.code == .emptyClass && error?.message.contains("ill") == true)
    }

    @Test func folderWithoutImagesIsNamed() {
        let error = #expect(throws: ImagingError.self) { _ = try load(folder.path) }
        #expect(error?.code == .emptyManifest)
    }

    @Test(arguments: [true, false]) func archiveReadsStoredAndDeflated(deflated: Bool) throws {
        let path = try folder.write("pneumoniamnist.npz", archive(deflated: deflated))
        let set = try load(path)
        #expect(set.origin == .medMNIST && set.classNames == ["normal", "pneumonia"])
        #expect(set.samples.map(\.split) == [.train, .train, .validation, .validation, .test, .test])
        #expect(set.samples.map(\.label) == [0, 1, 0, 1, 0, 1])
        #expect(Array(set.grey(1)) == pattern(width: 16, height: 16, tone: 1))
        #expect(set.notes.contains { $0.contains("no patients") })
    }

    /// Any cut, and any flipped byte in the archive's members, is an error or leaves the content as it was.
    @Test func damagedArchivesAreErrors() throws {
        let whole = try archive(deflated: true)
        let sound = try load(folder.write("sound.npz", whole)).digest
        var generator = SeededGenerator(seed: 4, label: "damaged archive")
        var refused = 0
        for round in 0..<60 {
            var bytes = whole
            if round % 3 == 0 {
                bytes.removeLast(1 + generator.below(bytes.count - 1))
            } else {
                bytes[generator.below(bytes.count)] ^= UInt8(1 << generator.below(8))
            }
            do {
                #expect(try load(folder.write("sound.npz", bytes)).digest == sound)
            } catch is ImagingError {
                refused += 1
            }
        }
        #expect(refused > 30)
    }

    @Test func severalLabelsAnImageAreRefused() throws {
        var members = try [("train", 0), ("val", 1), ("test", 2)].flatMap { try part($0.0, first: $0.1) }
        members[1].1 = array("|u1", shape: [2, 3], bytes: [0, 1, 0, 1, 0, 1])
        let path = try folder.write("chest.npz", try zip(members, deflated: false))
        let error = #expect(throws: ImagingError.self) { _ = try load(path) }
        #expect(error?.code == .unreadableLabel)
    }

    private func archive(deflated: Bool) throws -> [UInt8] {
        try zip(["train", "val", "test"].enumerated().flatMap { try part($1, first: 2 * $0) }, deflated: deflated)
    }

    private func part(_ name: String, first: Int) throws -> [(String, [UInt8])] {
        let images = pattern(width: 16, height: 16, tone: first) + pattern(width: 16, height: 16, tone: first + 1)
        let labels = [UInt8](repeating: 0, count: 8) + [1] + [UInt8](repeating: 0, count: 7)
        return [
            ("\(name)_images.npy", array("|u1", shape: [2, 16, 16], bytes: images)),
            ("\(name)_labels.npy", array("<i8", shape: [2, 1], bytes: labels)),
        ]
    }

    private func array(_ type: String, shape: [Int], bytes: [UInt8]) -> [UInt8] {
        let list = shape.map { "\($0)," }.joined(separator: " ")
        var header = Array("{'descr': '\(type)', 'fortran_order': False, 'shape': (\(list)), }".utf8)
        while (header.count + 11) % 64 != 0 { header.append(32) }
        header.append(10)
        let start = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.count & 255), UInt8(header.count >> 8)]
        return start + header + bytes
    }

    private func zip(_ members: [(String, [UInt8])], deflated: Bool) throws -> [UInt8] {
        func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * $0) & 255) } }
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for (name, content) in members {
            var packed = content
            if deflated {
                var room = [UInt8](repeating: 0, count: content.count + 1000)
                var written = 0
                try #require(cordon_deflate(content, content.count, &room, room.count, &written) == 0)
                packed = Array(room[..<written])
            }
            let common =
                little(deflated ? 8 : 0, 2) + [0, 0, 0, 0] + little(Int(crc(content)), 4)
                + little(packed.count, 4) + little(content.count, 4) + little(name.utf8.count, 2) + [0, 0]
            directory +=
                [0x50, 0x4B, 1, 2, 20, 0, 20, 0, 0, 0] + common + [UInt8](repeating: 0, count: 10)
                + little(file.count, 4) + Array(name.utf8)
            file += [0x50, 0x4B, 3, 4, 20, 0, 0, 0] + common + Array(name.utf8) + packed
        }
        return file + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + little(members.count, 2) + little(members.count, 2)
            + little(directory.count, 4) + little(file.count, 4) + [0, 0]
    }
}
