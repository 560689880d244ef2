internal import HomomorphicEncryption
internal import RingArithmetic

/// Reading of packed sketch rows.
enum SketchRows {
    static func unpacked(_ bytes: [UInt8], what: String, parameters: EncryptionParameters) throws -> [[UInt64]] {
        let count = parameters.sketchCoordinates
        let size = PackedResidues.byteCount(count)
        guard bytes.count == size * parameters.moduli.count else {
            throw AggregationError(
                .malformed, "\(what) has \(size * parameters.moduli.count) bytes, not \(bytes.count)")
        }
        return try parameters.moduli.enumerated().map { prime, modulus in
            let slice = bytes[prime * size..<(prime + 1) * size]
            guard let row = PackedResidues.unpack(slice, count: count, modulus: modulus) else {
                throw AggregationError(.malformed, "\(what) has a residue that is not below its prime")
            }
            return row
        }
    }
}
