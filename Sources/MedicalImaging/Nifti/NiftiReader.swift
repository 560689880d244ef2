/// Numbers of a header whose kind is known, and the axes that follow from them.
struct NiftiReader {
    let fields: NiftiFields
    let isBigEndian: Bool
    let layout: NiftiLayout

    func whole(_ field: NiftiLayout.Field, _ index: Int) -> Int {
        let bits = fields.bits(at: field.offset + index * field.width, width: field.width, isBigEndian: isBigEndian)
        let shift = UInt64(64 - 8 * field.width)
        return Int(Int64(bitPattern: bits << shift) >> Int64(shift))
    }

    func real(_ field: NiftiLayout.Field, _ index: Int) -> Double {
        let bits = fields.bits(at: field.offset + index * field.width, width: field.width, isBigEndian: isBigEndian)
        return field.width == 4 ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))) : Double(bitPattern: bits)
    }

    /// `vox_offset`: a float in the first version, an integer in the second.
    var offset: Double {
        layout.dimensions.width == 2
            ? real(NiftiLayout.Field(offset: 108, width: 4), 0)
            : Double(whole(NiftiLayout.Field(offset: 168, width: 8), 0))
    }

    /// Where a step along each axis of the file leads: to the right, to the front, to the head. The sform, else the
    /// qform; nil where neither is set, or is no matrix of three directions.
    var axes: (source: String, axes: [[Double]])? {
        if whole(layout.sformCode, 0) > 0 {
            let columns = (0..<3).map { column in (0..<3).map { real(layout.rows, 4 * $0 + column) } }
            return Self.areSound(columns) ? ("sform", columns) : nil
        }
        guard whole(layout.qformCode, 0) > 0, let columns = quaternionAxes else { return nil }
        return Self.areSound(columns) ? ("qform", columns) : nil
    }

    /// Method 2 of nifti1.h; `pixdim[0]` is the sign of the third axis.
    private var quaternionAxes: [[Double]]? {
        let (b, c, d) = (real(layout.quaternion, 0), real(layout.quaternion, 1), real(layout.quaternion, 2))
        let rest = 1 - (b * b + c * c + d * d)
        guard rest.isFinite, rest > -1e-4 else { return nil }
        let a = max(0, rest).squareRoot()
        let sign: Double = real(layout.voxelSizes, 0) < 0 ? -1 : 1
        let rotation = [
            [a * a + b * b - c * c - d * d, 2 * (b * c + a * d), 2 * (b * d - a * c)],
            [2 * (b * c - a * d), a * a + c * c - b * b - d * d, 2 * (c * d + a * b)],
            [2 * (b * d + a * c), 2 * (c * d - a * b), a * a + d * d - b * b - c * c],
        ]
        let sizes = (1...3).map { real(layout.voxelSizes, $0) * ($0 == 3 ? sign : 1) }
        return zip(rotation, sizes).map { column, size in column.map { $0 * size } }
    }

    private static func areSound(_ columns: [[Double]]) -> Bool {
        columns.allSatisfy { column in
            let length = column.reduce(0) { $0 + $1 * $1 }
            return length.isFinite && length > 1e-12 && length < 1e12
        }
    }
}
