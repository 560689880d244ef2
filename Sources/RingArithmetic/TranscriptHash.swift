internal import CRingKernels
internal import Crypto

/// SHA-256 over a domain and length-prefixed parts, so that no two lists of parts share an input.
///
/// Every part is preceded by its length as 8 little-endian bytes; the domain is the first part.
package struct TranscriptHash: Sendable {
    private var hash = SHA256()

    package init(domain: String) {
        append(Array(domain.utf8))
    }

    package mutating func append(_ part: [UInt8]) {
        update(UInt64(part.count))
        hash.update(data: part)
    }

    /// An integer as a part of 8 little-endian bytes.
    package mutating func append(_ value: UInt64) {
        update(8)
        update(value)
    }

    /// Begins a part of so many integers, which `extend` then brings in any number of pieces.
    ///
    package mutating func begin(integers count: Int, width: IntegerWidth) {
        update(UInt64(width.rawValue) * UInt64(count))
    }

    /// The next integers of the part that was begun, little-endian in two's complement; they fit its width.
    package mutating func extend(with values: [Int64], width: IntegerWidth) {
        guard !values.isEmpty else { return }
        let size = width.rawValue * values.count
        var bytes = [UInt8](unsafeUninitializedCapacity: size) { target, initialised in
            if let base = target.baseAddress { cordon_narrow(base, values, values.count, width.rawValue) }
            initialised = size
        }
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        zeroise(&bytes)
    }

    /// The 32 bytes of the digest.
    package func digest() -> [UInt8] {
        Array(hash.finalize())
    }

    private mutating func update(_ value: UInt64) {
        withUnsafeBytes(of: value.littleEndian) { hash.update(bufferPointer: $0) }
    }
}
