import Crypto
import RingArithmetic

/// One sample at rest: its own key sealed under the store's, the pixels sealed under its own.
///
/// Layout: `CORDSMP1`, store (16 bytes), address (32), preprocessing digest (32), sealed key (60), sealed pixels. All
/// before the sealed key is authenticated by both seals, so that neither part fits another file.
struct SealedSample {
    let keys: StoreKeys
    let imageSize: Int
    let preprocessing: [UInt8]

    static let magic = Array("CORDSMP1".utf8)
    private static let headerBytes = 8 + 16 + 32 + 32
    private static let sealedKeyBytes = 32 + SealingKey.overheadBytes

    var fileBytes: Int {
        Self.headerBytes + Self.sealedKeyBytes + imageSize * imageSize + SealingKey.overheadBytes
    }

    func seal(
        _ pixels: [UInt8], address: [UInt8], using rng: inout some CryptographicGenerator
    ) throws -> [UInt8] {
        precondition(pixels.count == imageSize * imageSize && address.count == 32 && preprocessing.count == 32)
        let header = Self.magic + keys.store + address + preprocessing
        var (key, bytes) = SealingKey.fresh(using: &rng)
        defer { zeroise(&bytes) }
        return try header + keys.samples.seal(bytes, context: header, using: &rng)
            + key.seal(pixels, context: header, using: &rng)
    }

    /// - Throws: `ImagingError` with code `storeTruncated`, `storeSwapped` or `storeTampered` that names the file.
    func open(_ file: [UInt8], address: [UInt8], place: String) throws -> [UInt8] {
        guard file.count == fileBytes else {
            throw ImagingError(
                .storeTruncated,
                "\(place) has \(file.count) bytes instead of \(fileBytes): it was cut short or added to. Restore it, "
                    + "or remove it and take the images in again.")
        }
        let header = Array(file[..<Self.headerBytes])
        guard header.starts(with: Self.magic) else { throw tampered(place) }
        guard Array(header[8..<24]) == keys.store, Array(header[24..<56]) == address,
            Array(header[56..<88]) == preprocessing
        else {
            throw ImagingError(
                .storeSwapped,
                "\(place) says that it is another sample: it was renamed, or comes from another store or pipeline.")
        }
        let wrapped = file[Self.headerBytes..<Self.headerBytes + Self.sealedKeyBytes]
        guard var bytes = keys.samples.open(wrapped, context: header) else { throw tampered(place) }
        defer { zeroise(&bytes) }
        let key = SealingKey(SymmetricKey(data: bytes))
        guard let pixels = key.open(file[(Self.headerBytes + Self.sealedKeyBytes)...], context: header),
            constantTimeEquals(keys.address(of: pixels, imageSize: imageSize), address)
        else { throw tampered(place) }
        return pixels
    }

    private func tampered(_ place: String) -> ImagingError {
        ImagingError(
            .storeTampered, "\(place) was altered since it was sealed; restore it from a backup and find out by whom.")
    }
}
