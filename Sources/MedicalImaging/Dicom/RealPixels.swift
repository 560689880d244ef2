/// One frame of floating-point pixel data as grey: the window that is stated, else the range of its finite values
/// without padding (0028,0122), (0028,0123); what is no number is as the lowest.
struct RealPixels {
    private let file: DicomFile
    private let values: [Double]
    private let padding: ClosedRange<Double>?

    init(_ file: DicomFile, _ index: Int) throws {
        guard file.layout.photometric == "MONOCHROME2" else {
            throw ImagingError(
                .unsupportedImage,
                "\(file.name) has floating-point pixels of another kind than MONOCHROME2. Take it off the list.")
        }
        self.file = file
        values = try file.realFrame(index)
        let element: UInt16 = file.layout.bitsAllocated == 32 ? 0x0122 : 0x0123
        let first = try file.numbers(DicomTag(0x0028, element), isBounded: false).first
        let last = try file.numbers(DicomTag(0x0028, element + 2), isBounded: false).first
        padding = first.flatMap { first in
            let last = last ?? first
            return first.isNaN || last.isNaN ? nil : min(first, last)...max(first, last)
        }
    }

    func shown(stated: DicomWindow?) throws -> (GreyImage, String) {
        var (low, high) = (Double.infinity, -Double.infinity)
        for value in values where value.isFinite && padding?.contains(value) != true {
            low = min(low, value)
            high = max(high, value)
        }
        guard low <= high, (high - low).isFinite else {
            throw ImagingError(.corruptImage, "\(file.name) has a frame without a number. Take it off the list.")
        }
        let window = stated ?? .range(low: low, high: high)
        let samples = values.map { value in
            UInt16((65_535 * window.grey(value.isFinite ? value : low)).rounded())
        }
        return (
            GreyImage(width: file.layout.columns, height: file.layout.rows, samples: samples), window.description
        )
    }
}
