/// How one DICOM or NIfTI file is read; nothing of the patient.
package enum ImageExplanation: Codable, Hashable, Sendable {
    case dicom(Dicom)
    case volume(Volume)

    package struct Dicom: Codable, Hashable, Sendable {
        package let transferSyntax: String
        package let transferSyntaxName: String
        package let columns: Int
        package let rows: Int
        package let frames: Int
        package let channels: Int
        package let bitsStored: Int
        package let bitsAllocated: Int
        package let isSigned: Bool
        package let photometric: String
        package let window: String
        package let orientation: String?
        package let isTurned: Bool
        package let meanGrey: Double
    }

    package struct Volume: Codable, Hashable, Sendable {
        package let encoding: String
        package let columns: Int
        package let rows: Int
        package let slices: Int
        package let volumes: Int
        package let datatype: String
        package let scaling: String
        /// From the feet, from 0.
        package let slice: Int
        package let low: Double
        package let high: Double
        package let voxelsWithoutValue: Int
        package let orientation: String
        package let meanGrey: Double
    }

    /// - Parameter frame: From 0, of a volume the axial slice; nil for the one that is the sample.
    /// - Throws: `ImagingError` in the words of ingest.
    package init(_ bytes: [UInt8], file: String, frame: Int?) throws {
        if !DicomFile.isDicom(bytes, file: file), NiftiVolume.isNifti(bytes, file: file) {
            self = .volume(try Volume(NiftiVolume(bytes, file: file), frame.map(SliceChoice.index) ?? .middle))
        } else {
            self = .dicom(try Dicom(DicomFile(bytes, file: file), frame ?? 0))
        }
    }

    private static func mean(_ image: GreyImage) -> Double {
        image.samples.reduce(0) { $0 + Double($1) } / (65_535 * Double(image.samples.count))
    }
}

extension ImageExplanation.Dicom {
    fileprivate init(_ file: DicomFile, _ frame: Int) throws {
        let image = try DicomImage(file, frame: frame)
        let layout = file.layout
        self.init(
            transferSyntax: layout.transferSyntax, transferSyntaxName: layout.syntaxName, columns: layout.columns,
            rows: layout.rows, frames: layout.frames, channels: layout.channels, bitsStored: layout.bitsStored,
            bitsAllocated: layout.bitsAllocated, isSigned: layout.isSigned, photometric: layout.photometric,
            window: image.window, orientation: image.orientation.map { "\($0.row)\\\($0.column)" },
            isTurned: image.orientation.map { !$0.isUsual } ?? false, meanGrey: ImageExplanation.mean(image.grey))
    }
}

extension ImageExplanation.Volume {
    fileprivate init(_ volume: NiftiVolume, _ choice: SliceChoice) throws {
        let slice = try volume.slice(choice)
        self.init(
            encoding: volume.encoding, columns: volume.size.columns, rows: volume.size.rows, slices: volume.depth,
            volumes: volume.volumes, datatype: volume.datatype, scaling: volume.scaling, slice: slice.index,
            low: slice.range.lowerBound, high: slice.range.upperBound, voxelsWithoutValue: slice.voxelsWithoutValue,
            orientation: volume.orientation, meanGrey: ImageExplanation.mean(slice.grey))
    }
}
