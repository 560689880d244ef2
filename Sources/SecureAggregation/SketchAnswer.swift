package import HomomorphicEncryption
internal import RingArithmetic

/// One helper's answer about one dealer's sketch: its share of every opened coefficient.
package struct SketchAnswer: Sendable, Hashable {
    /// For each prime, `k` residues.
    let rows: [[UInt64]]

    init(rows: [[UInt64]]) {
        self.rows = rows
    }

    /// - Throws: `AggregationError` when the length is wrong or a residue is not below its prime.
    package init(bytes: [UInt8], parameters: EncryptionParameters) throws {
        rows = try SketchRows.unpacked(bytes, what: "a sketch answer", parameters: parameters)
    }

    /// 47-bit residues, rows by prime.
    package var bytes: [UInt8] { rows.flatMap(PackedResidues.pack) }
}
