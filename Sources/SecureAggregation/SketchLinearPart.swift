package import HomomorphicEncryption
internal import RingArithmetic

/// The opened coefficients of a ciphertext's products, public.
package struct SketchLinearPart: Sendable, Hashable {
    /// For each prime, `k` residues.
    let rows: [[UInt64]]

    init(rows: [[UInt64]]) {
        self.rows = rows
    }

    /// - Throws: `AggregationError` when the length is wrong or a residue is not below its prime.
    package init(bytes: [UInt8], parameters: EncryptionParameters) throws {
        rows = try SketchRows.unpacked(bytes, what: "the linear part of a sketch", parameters: parameters)
    }

    /// 47-bit residues, rows by prime.
    package var bytes: [UInt8] { rows.flatMap(PackedResidues.pack) }
}
