internal import CRingKernels

/// Residues as a little-endian stream of 47-bit integers.
package enum PackedResidues {
    /// Bytes of `count` residues; `count` is a multiple of 64.
    package static func byteCount(_ count: Int) -> Int {
        precondition(count % 64 == 0, "residues are packed by 64")
        return count / 8 * 47
    }

    package static func pack(_ residues: [UInt64]) -> [UInt8] {
        let size = byteCount(residues.count)
        return [UInt8](unsafeUninitializedCapacity: size) { target, initialised in
            if let base = target.baseAddress {
                cordon_pack(base, residues, residues.count)
            }
            initialised = size
        }
    }

    /// Nil when the length is not that of `count` residues or a residue is not below the modulus.
    package static func unpack(_ bytes: ArraySlice<UInt8>, count: Int, modulus: UInt64) -> [UInt64]? {
        guard bytes.count == byteCount(count) else { return nil }
        var valid = false
        let residues = [UInt64](unsafeUninitializedCapacity: count) { target, initialised in
            bytes.withUnsafeBufferPointer { source in
                if let base = target.baseAddress, let start = source.baseAddress {
                    valid = cordon_unpack(base, start, count, modulus)
                }
            }
            initialised = count
        }
        return valid ? residues : nil
    }
}
