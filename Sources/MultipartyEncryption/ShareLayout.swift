internal import HomomorphicEncryption

/// Where the parts of a dealt share lie: dealer and recipient (4 bytes each, little endian), packed key share, masks (8
/// bytes each), nonce limbs (8 bytes each), salts of the three (32 bytes each).
struct ShareLayout: Sendable, Hashable {
    static let saltBytes = 32

    let key: Range<Int>
    let masks: Range<Int>
    let nonce: Range<Int>
    let salts: Range<Int>

    init(_ parameters: EncryptionParameters) {
        key = 8..<8 + parameters.blockBytes
        masks = key.upperBound..<key.upperBound + 8 * SecretSharing.masksPerPrime * parameters.moduli.count
        nonce = masks.upperBound..<masks.upperBound + 8 * SecretSharing.nonceLimbs
        salts = nonce.upperBound..<nonce.upperBound + 3 * Self.saltBytes
    }

    var byteCount: Int { salts.upperBound }

    func salt(_ part: SharePart) -> Range<Int> {
        let start = salts.lowerBound + part.rawValue * Self.saltBytes
        return start..<start + Self.saltBytes
    }

    func range(_ part: SharePart) -> Range<Int> {
        switch part {
        case .key: key
        case .mask: masks
        case .nonce: nonce
        }
    }
}
