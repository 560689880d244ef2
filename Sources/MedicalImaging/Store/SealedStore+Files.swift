import Crypto
import Foundation
import RingArithmetic

extension SealedStore {
    private var manifestPath: String { "\(path)/\(StoreManifest.fileName)" }
    var samplesPath: String { "\(path)/samples" }

    func samplePath(_ address: String) -> String { "\(samplesPath)/\(address.prefix(2))/\(address).sealed" }

    func journalPath(_ generation: UInt64) -> String { "\(path)/journal-\(generation).sealed" }

    /// Generations of the manifest that a journal continues, ascending; none where no ingest is under way.
    func journals() throws -> [UInt64] {
        try listFolder(path).compactMap { name in
            guard name.hasPrefix("journal-"), name.hasSuffix(".sealed") else { return nil }
            return UInt64(name.dropFirst("journal-".count).dropLast(".sealed".count))
        }.sorted()
    }

    /// Addresses of the samples that are there, sorted.
    func storedAddresses() throws -> [String] {
        guard isFolder(samplesPath) else { return [] }
        return try listFolder(samplesPath).filter { isFolder("\(samplesPath)/\($0)") }.flatMap { folder in
            try listFolder("\(samplesPath)/\(folder)").filter { $0.hasSuffix(".sealed") }.map {
                String($0.dropLast(".sealed".count))
            }
        }
    }

    /// The manifest, newer than or equal to what the anchor knows; nil for a store into which nothing ever went.
    func manifest() throws -> StoreManifest? {
        let anchor = try StoreAnchor(path: keyFile.anchorPath)
        guard FileManager.default.fileExists(atPath: manifestPath) else {
            guard try !anchor.knows(keys) && storedAddresses().isEmpty else {
                throw ImagingError(.storeIncomplete, "\(manifestPath) is missing; restore it from a backup.")
            }
            return nil
        }
        let bytes = try readFile(manifestPath, missing: .storeIncomplete, what: "Manifest")
        let manifest = try StoreManifest(opening: bytes, under: keys, place: manifestPath)
        try anchor.check(
            generation: manifest.generation, manifest: Array(SHA256.hash(data: bytes)), keys: keys, place: path)
        return manifest
    }

    /// The manifest of a store into which no ingest is under way, and whose samples are those that it lists.
    func finishedManifest() throws -> StoreManifest {
        let journals = try journals()
        guard let manifest = try manifest() else {
            throw ImagingError(.emptyManifest, "Nothing has been taken into \(path) yet: see cordon images ingest.")
        }
        try refuseOlder(manifest, than: journals)
        guard journals.isEmpty else {
            throw ImagingError(
                .storeUnfinished, "An ingest into \(path) was interrupted or is under way: run it again to its end.")
        }
        let listed = Set(manifest.samples.map(\.address))
        let stored = try storedAddresses()
        let surplus = stored.filter { !listed.contains($0) }.count
        guard surplus == 0 else { throw unlisted(surplus) }
        guard stored.count == listed.count else {
            throw ImagingError(
                .storeIncomplete,
                "\(listed.count - stored.count) samples that the manifest lists are missing from \(samplesPath); "
                    + "restore them from a backup.")
        }
        return manifest
    }

    func refuseOlder(_ manifest: StoreManifest, than journals: [UInt64]) throws {
        guard let newest = journals.last, newest > manifest.generation else { return }
        throw ImagingError(
            .storeRolledBack,
            "\(path) holds a journal of generation \(newest) and a manifest of generation \(manifest.generation): the "
                + "manifest is an older copy. Restore the newest.")
    }

    func unlisted(_ count: Int) -> ImagingError {
        ImagingError(
            .storeRolledBack,
            "\(samplesPath) holds \(count) samples that the manifest does not list: the manifest is an older copy, or "
                + "they were put there. Restore the newest manifest.")
    }

    /// Seals the next generation, and then moves the anchor.
    func write(_ manifest: inout StoreManifest, using rng: inout some CryptographicGenerator) throws {
        manifest.generation += 1
        let bytes = try manifest.sealed(under: keys, using: &rng)
        try writeAtomically(bytes, to: manifestPath, mode: 0o600, isDurable: true)
        var anchor = try StoreAnchor(path: keyFile.anchorPath)
        anchor.advance(to: manifest.generation, manifest: Array(SHA256.hash(data: bytes)), keys: keys)
        try anchor.write(to: keyFile.anchorPath)
    }

    func remove(_ place: String) throws {
        guard unlink(place) == 0 || errno == ENOENT else { throw unwritable(place) }
    }
}
