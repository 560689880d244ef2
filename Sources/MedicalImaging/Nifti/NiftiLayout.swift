/// Where the fields of a header stand, and how wide they are (nifti1.h, nifti2.h).
struct NiftiLayout {
    struct Field {
        let offset: Int
        let width: Int
    }

    let dimensions: Field
    let datatype: Field
    let bits: Field
    let voxelSizes: Field
    /// Slope, then intercept.
    let slope: Field
    let qformCode: Field
    let sformCode: Field
    /// b, c, d.
    let quaternion: Field
    /// Three rows of four.
    let rows: Field

    static let first = NiftiLayout(
        dimensions: Field(offset: 40, width: 2), datatype: Field(offset: 70, width: 2),
        bits: Field(offset: 72, width: 2), voxelSizes: Field(offset: 76, width: 4),
        slope: Field(offset: 112, width: 4), qformCode: Field(offset: 252, width: 2),
        sformCode: Field(offset: 254, width: 2), quaternion: Field(offset: 256, width: 4),
        rows: Field(offset: 280, width: 4))

    static let second = NiftiLayout(
        dimensions: Field(offset: 16, width: 8), datatype: Field(offset: 12, width: 2),
        bits: Field(offset: 14, width: 2), voxelSizes: Field(offset: 104, width: 8),
        slope: Field(offset: 176, width: 8), qformCode: Field(offset: 344, width: 4),
        sformCode: Field(offset: 348, width: 4), quaternion: Field(offset: 352, width: 8),
        rows: Field(offset: 400, width: 8))
}
