/// One frame of a DICOM file as a grey image: stored value → modality value → window → MONOCHROME1 inverted → turned
/// the usual way (PS3.3 C.11.1, C.11.2, C.7.6.3.1.2). Colour becomes Rec. 601 luma.
package struct DicomImage {
    package let grey: GreyImage
    package let window: String
    /// Nil where the file does not say.
    package let orientation: DicomOrientation?

    /// - Throws: `ImagingError` for a frame that is absent, damaged, too large, or encoded in a way that is not
    ///   supported.
    package init(_ file: DicomFile, frame index: Int = 0) throws {
        (grey, window, orientation) = try Self.prepared(file, index)
    }

    /// The frame as it lies in the file, not turned.
    static func unturned(_ file: DicomFile, _ frame: DicomFile.Frame, _ index: Int) throws -> GreyImage {
        try shown(frame, of: file, index).0
    }

    private static func prepared(
        _ file: DicomFile, _ index: Int
    ) throws -> (GreyImage, String, DicomOrientation?) {
        guard index >= 0, index < file.layout.frames else {
            throw ImagingError(
                .invalidArgument, "\(file.name) has frames 0 to \(file.layout.frames - 1), and no \(index).")
        }
        let (image, window) =
            file.layout.isReal
            ? try RealPixels(file, index).shown(stated: try statedWindow(of: file, index))
            : try shown(try file.frame(index), of: file, index)
        let orientation = try orientation(of: file, index)
        return (orientation?.normalised(image) ?? image, window, orientation)
    }

    private static func shown(
        _ frame: DicomFile.Frame, of file: DicomFile, _ index: Int
    ) throws -> (GreyImage, String) {
        switch frame.photometric {
        case "MONOCHROME1", "MONOCHROME2":
            return try windowed(frame, of: file, index)
        case "PALETTE COLOR":
            return (try coloured(frame, of: file), "none; colours of a palette")
        case "RGB", "YBR_FULL", "YBR_FULL_422", "YBR_PARTIAL_420":
            guard file.layout.channels == 3 else { throw unsupported(frame.photometric, file) }
            return (luma(frame, of: file), "none; colour")
        default: throw unsupported(frame.photometric, file)
        }
    }

    private static func unsupported(_ photometric: String, _ file: DicomFile) -> ImagingError {
        ImagingError(
            .unsupportedImage,
            "\(file.name) has pixels of the kind \"\(photometric)\" in \(file.layout.channels) samples, which are not "
                + "supported. Take it off the list.")
    }

    // MARK: Grey

    private static func windowed(
        _ frame: DicomFile.Frame, of file: DicomFile, _ index: Int
    ) throws -> (GreyImage, String) {
        guard file.layout.channels == 1 else { throw unsupported(frame.photometric, file) }
        let modality = try modality(of: file, index)
        let window = try window(of: file, index, over: frame.samples, modality)
        let inverted = frame.photometric == "MONOCHROME1"
        func grey(_ stored: Int32) -> UInt16 {
            let grey = window.grey(modality.value(of: stored))
            return UInt16((65_535 * (inverted ? 1 - grey : grey)).rounded())
        }
        let samples = mapped(frame.samples, grey)
        let image = GreyImage(width: file.layout.columns, height: file.layout.rows, samples: samples)
        return (image, window.description)
    }

    /// The function of every sample; where there are more samples than values between them, of every value once.
    static func mapped(_ samples: [Int32], _ function: (Int32) -> UInt16) -> [UInt16] {
        guard let low = samples.min(), let high = samples.max(), Int(high) - Int(low) < min(samples.count, 1 << 16)
        else { return samples.map(function) }
        let table = (low...high).map(function)
        return samples.map { table[Int($0 - low)] }
    }

    /// The table in the first item of a sequence; nil without one.
    private static func table(in sequence: DicomTag, of file: DicomFile) throws -> LookupTable? {
        let place: [DicomFile.Step] = [(sequence, 0)]
        let descriptor = try file.numbers(.tableDescriptor, in: place)
        guard !descriptor.isEmpty else { return nil }
        return try LookupTable(
            descriptor, try file.numbers(.tableData, in: place), isSigned: file.layout.isSigned, file: file.name)
    }

    /// Modality LUT, or rescale slope and intercept, of the file, of all frames or of this one.
    private static func modality(of file: DicomFile, _ index: Int) throws -> ModalityTransformation {
        if let table = try table(in: .modalityTable, of: file) { return .table(table) }
        let place = try places(.frameTransformation, index).first { try !file.numbers(.rescaleSlope, in: $0).isEmpty }
        guard let place else { return .linear(slope: 1, intercept: 0) }
        let slope = try file.numbers(.rescaleSlope, in: place)[0]
        let intercept = try file.numbers(.rescaleIntercept, in: place).first ?? 0
        guard slope != 0 else {
            throw ImagingError(.corruptImage, "\(file.name) has a rescale slope of zero.")
        }
        return .linear(slope: slope, intercept: intercept)
    }

    /// Nil where the file states none.
    private static func statedWindow(of file: DicomFile, _ index: Int) throws -> DicomWindow? {
        if let table = try table(in: .windowTable, of: file) { return .table(table) }
        for place in places(.frameWindow, index) {
            guard let center = try file.numbers(.windowCenter, in: place).first,
                let width = try file.numbers(.windowWidth, in: place).first
            else { continue }
            let function = file.text(.windowFunction, in: place) ?? "LINEAR"
            guard function == "LINEAR" ? width >= 1 : width > 0 else {
                throw ImagingError(.corruptImage, "\(file.name) has a window without a positive width.")
            }
            switch function {
            case "LINEAR": return .linear(center: center, width: width)
            case "LINEAR_EXACT": return .linearExact(center: center, width: width)
            case "SIGMOID": return .sigmoid(center: center, width: width)
            default:
                throw ImagingError(
                    .unsupportedImage, "\(file.name) has a window function that is not supported. Take it off the list."
                )
            }
        }
        return nil
    }

    private static func window(
        of file: DicomFile, _ index: Int, over samples: [Int32], _ modality: ModalityTransformation
    ) throws -> DicomWindow {
        if let stated = try statedWindow(of: file, index) { return stated }
        let padding = try paddingValues(of: file)
        let range = modality.range(of: samples, leavingOut: padding)
        return .range(low: range?.lowerBound ?? 0, high: range?.upperBound ?? 0)
    }

    private static func paddingValues(of file: DicomFile) throws -> ClosedRange<Int>? {
        guard let first = try file.numbers(.pixelPadding).first else { return nil }
        let last = try file.numbers(.pixelPaddingLimit).first ?? first
        return Int(min(first, last))...Int(max(first, last))
    }

    /// Where an attribute may stand: in the file, for this frame, for all frames (PS3.3 C.7.6.16).
    private static func places(_ macro: DicomTag, _ index: Int) -> [[DicomFile.Step]] {
        [[], [(.frameGroups, index), (macro, 0)], [(.sharedGroups, 0), (macro, 0)]]
    }

    private static func orientation(of file: DicomFile, _ index: Int) throws -> DicomOrientation? {
        for place in places(.planeOrientation, index) {
            let cosines = try file.numbers(.imageOrientation, in: place)
            if !cosines.isEmpty { return try known(DicomOrientation(cosines: cosines), file) }
        }
        guard let text = file.text(.patientOrientation) else { return nil }
        return try known(DicomOrientation(patientOrientation: text), file)
    }

    private static func known(_ orientation: DicomOrientation?, _ file: DicomFile) throws -> DicomOrientation {
        guard let orientation else {
            throw ImagingError(
                .unsupportedImage,
                "\(file.name) states an orientation that cannot be: rows and columns along one axis, or unknown "
                    + "directions. Correct it or take the file off the list.")
        }
        return orientation
    }

    // MARK: Colour

    /// Rec. 601 luma; of YBR the first sample.
    private static func luma(_ frame: DicomFile.Frame, of file: DicomFile) -> GreyImage {
        let maximum = Double(UInt64(1) << UInt64(file.layout.bitsStored)) - 1
        let isRGB = frame.photometric == "RGB"
        let samples = (0..<frame.samples.count / 3).map { pixel -> UInt16 in
            func part(_ channel: Int) -> Double { Double(UInt32(bitPattern: frame.samples[3 * pixel + channel])) }
            let value = isRGB ? 0.299 * part(0) + 0.587 * part(1) + 0.114 * part(2) : part(0)
            return UInt16((65_535 * max(0, min(1, value / maximum))).rounded())
        }
        return GreyImage(width: file.layout.columns, height: file.layout.rows, samples: samples)
    }

    private static func coloured(_ frame: DicomFile.Frame, of file: DicomFile) throws -> GreyImage {
        guard file.layout.channels == 1 else { throw unsupported(frame.photometric, file) }
        let tables = try palette(of: file)
        let samples = frame.samples.map { UInt16((65_535 * luma(of: $0, in: tables)).rounded()) }
        return GreyImage(width: file.layout.columns, height: file.layout.rows, samples: samples)
    }

    private static func palette(of file: DicomFile) throws -> [LookupTable] {
        try (UInt16(1)...3).map { channel in
            try LookupTable(
                try file.numbers(DicomTag(0x0028, 0x1100 + channel)),
                try file.numbers(DicomTag(0x0028, 0x1200 + channel)), isSigned: file.layout.isSigned, file: file.name)
        }
    }

    private static func luma(of index: Int32, in tables: [LookupTable]) -> Double {
        let parts = tables.map { min(1, $0[Double(index)] / $0.maximum) }
        return 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2]
    }

    /// The entry of the palette that is nearest to black.
    static func darkestIndex(of file: DicomFile) throws -> Int32 {
        let tables = try palette(of: file)
        let indices = Int32(0)..<Int32(1) << Int32(min(16, file.layout.bitsStored))
        return indices.min { luma(of: $0, in: tables) < luma(of: $1, in: tables) } ?? 0
    }
}
