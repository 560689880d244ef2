import Crypto
import Foundation
package import RingArithmetic

/// A directory of samples that only a key opens: `store.json`, `manifest.sealed` and `samples/`, sealed one by one.
package struct SealedStore: Sendable {
    package let path: String
    let keys: StoreKeys
    let keyFile: StoreKeyFile

    package static func isStore(at path: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(path)/\(StoreHeader.fileName)")
    }

    /// - Throws: `ImagingError` with code `missingPath`, `exposedKey`, `malformedKey`, `wrongKey` or `storeTampered`.
    package init(opening path: String, with keyFile: StoreKeyFile) throws {
        let place = "\(path)/\(StoreHeader.fileName)"
        let bytes = try readFile(place, missing: .missingPath, what: "Sealed store")
        let header = try StoreHeader(reading: bytes, place: place)
        self.path = path
        self.keyFile = keyFile
        keys = try header.unlock(with: keyFile, place: path)
    }

    /// Makes a store in a new or empty directory.
    ///
    /// - Parameter isPassphrase: Whether the key file holds a passphrase instead of 32 random bytes.
    package init(
        makingAt path: String, with keyFile: StoreKeyFile, isPassphrase: Bool,
        using rng: inout some CryptographicGenerator
    ) throws {
        try makeFolder(path)
        if let foreign = try listFolder(path).first {
            throw ImagingError(
                .invalidArgument,
                "\(path) holds \(foreign) and no \(StoreHeader.fileName): a store is made in a new or empty directory.")
        }
        self.path = path
        self.keyFile = keyFile
        let header: StoreHeader
        (header, keys) = try StoreHeader.make(keyFile: keyFile, isPassphrase: isPassphrase, using: &rng)
        try writeAtomically(
            try canonicalJSON(header), to: "\(path)/\(StoreHeader.fileName)", mode: 0o600, isDurable: true)
    }

    /// Decrypts everything into memory; nothing is written.
    ///
    /// - Parameter imageSize: Must be the store's.
    /// - Throws: `ImagingError` with one of the codes that begin with `store`, or one of an unsound data set.
    package func load(imageSize: Int, progress: (Int, Int) -> Void) throws -> ImageSet {
        let manifest = try finishedManifest()
        let own = manifest.preprocessing.imageSize
        guard own == imageSize else {
            throw ImagingError(
                .invalidArgument,
                "The samples of \(path) have \(own) × \(own) pixels, \(imageSize) were asked for: pass --image-size "
                    + "\(own), or take the images in again with --size \(imageSize).")
        }
        let samples = manifest.samples.map {
            Sample(file: String($0.address.prefix(16)), label: $0.label, patient: $0.patient, split: $0.split)
        }
        let name = URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent
        try checkSet(samples, classNames: manifest.classNames, name: name)
        var pixels: [UInt8] = []
        pixels.reserveCapacity(samples.count * own * own)
        for (index, entry) in manifest.samples.enumerated() {
            pixels += try read(entry, of: manifest)
            progress(index + 1, samples.count)
        }
        return ImageSet(
            name: name, origin: .sealedStore, imageSize: own, classNames: manifest.classNames, samples: samples,
            pixels: pixels, notes: manifest.notes + (try anchorNote()), preprocessing: manifest.preprocessing)
    }

    /// The pixels of one sample.
    func read(_ entry: StoreManifest.Entry, of manifest: StoreManifest) throws -> [UInt8] {
        let place = samplePath(entry.address)
        guard FileManager.default.fileExists(atPath: place) else {
            throw ImagingError(
                .storeIncomplete, "\(place) is missing, and the manifest lists it; restore it from a backup.")
        }
        return try sealedSample(manifest.preprocessing).open(
            readFile(place, missing: .storeIncomplete, what: "Sample"),
            address: bytes(ofHexadecimal: entry.address) ?? [], place: place)
    }

    func sealedSample(_ preprocessing: Preprocessing) throws -> SealedSample {
        SealedSample(keys: keys, imageSize: preprocessing.imageSize, preprocessing: try preprocessing.digest)
    }

    private func anchorNote() throws -> [String] {
        guard try !StoreAnchor(path: keyFile.anchorPath).knows(keys) else { return [] }
        return ["There is no anchor beside the store's key: an older copy of the store would not be noticed."]
    }
}
