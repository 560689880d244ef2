/// A DICOM lookup table (PS3.3 C.11.1, C.11.2): the first value mapped, then one entry a value.
struct LookupTable {
    let first: Int
    let entries: [Double]
    /// The largest entry its descriptor allows.
    let maximum: Double

    /// - Throws: `ImagingError.corruptImage` when descriptor and data do not fit.
    init(_ descriptor: [Double], _ data: [Double], isSigned: Bool, file: String) throws {
        guard descriptor.count == 3, (8...16).contains(descriptor[2]) else {
            throw ImagingError(.corruptImage, "\(file) has a lookup table without a sound descriptor.")
        }
        let count = descriptor[0] == 0 ? 65_536 : Int(descriptor[0])
        // Entries of 8 bits may lie two in a word.
        let isPacked = descriptor[2] == 8 && data.count == (count + 1) / 2 && count > 1
        entries =
            isPacked
            ? data.flatMap { [Double(Int($0) & 255), Double(Int($0) >> 8 & 255)] } : data
        guard count >= 1, entries.count >= count else {
            throw ImagingError(
                .corruptImage, "\(file) has a lookup table of \(data.count) entries where \(count) are declared.")
        }
        first = isSigned && descriptor[1] > 32_767 ? Int(descriptor[1]) - 65_536 : Int(descriptor[1])
        maximum = Double(1 << Int(descriptor[2]) - 1)
    }

    /// Values below the first take the first entry, those beyond the last the last.
    subscript(value: Double) -> Double {
        entries[max(0, min(entries.count - 1, Int(max(-1e9, min(1e9, value))) - first))]
    }
}
