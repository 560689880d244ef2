internal import CDicom

/// One parsed DICOM file: its attributes, and the samples of its frames.
package final class DicomFile {
    /// PS3.3 C.7.6.3, as the file says.
    package struct Layout: Sendable {
        package let rows: Int
        package let columns: Int
        package let frames: Int
        package let channels: Int
        package let bitsAllocated: Int
        package let bitsStored: Int
        package let isSigned: Bool
        /// Floating-point pixel data (PS3.3 C.7.6.24, C.7.6.25).
        package let isReal: Bool
        package let photometric: String
        package let transferSyntax: String
        package let syntaxName: String
    }

    /// The stored values of one frame, interleaved by pixel.
    struct Frame {
        let samples: [Int32]
        /// What they are once decoded: a decoder may turn YBR into RGB.
        let photometric: String
    }

    /// One step into a sequence, to the item of this number, from 0.
    typealias Step = (tag: DicomTag, item: Int)

    package let name: String
    package let layout: Layout
    let handle: OpaquePointer

    /// Most samples of one frame.
    private static let sampleLimit = Int(GreyImage.pixelLimit)

    /// Whether the bytes, or the name where they do not tell, are those of a DICOM file.
    package static func isDicom(_ bytes: [UInt8], file: String) -> Bool {
        if bytes.count >= 132, bytes[128..<132].elementsEqual("DICM".utf8) { return true }
        return file.lowercased().hasSuffix(".dcm")
    }

    /// - Throws: `ImagingError` that names the file and no value in it.
    ///
    /// - Parameter needsImage: False to read a file without one too; its layout is all zeros then.
    package init(_ bytes: [UInt8], file: String, needsImage: Bool = true) throws {
        var opened: OpaquePointer?
        let status = cordon_dicom_open(bytes, bytes.count, &opened)
        guard status == 0, let opened else { throw Self.error(status, file) }
        var layout = cordon_dicom_layout()
        let described = cordon_dicom_layout_of(opened, &layout)
        guard described == 0 || (!needsImage && described == Int32(CORDON_DICOM_ABSENT)) else {
            cordon_dicom_free(opened)
            throw Self.error(described, file)
        }
        handle = opened
        name = file
        self.layout = Layout(
            rows: Int(layout.rows), columns: Int(layout.columns), frames: Int(layout.frames),
            channels: Int(layout.channels), bitsAllocated: Int(layout.bits_allocated),
            bitsStored: Int(layout.bits_stored), isSigned: layout.is_signed == 1,
            isReal: layout.is_real == 1,
            photometric: withUnsafeBytes(of: layout.photometric, Self.text),
            transferSyntax: withUnsafeBytes(of: layout.transfer_syntax, Self.text),
            syntaxName: withUnsafeBytes(of: layout.syntax_name, Self.text))
    }

    deinit {
        cordon_dicom_free(handle)
    }

    /// The attribute's text, values parted by backslashes; nil when missing or empty.
    func text(_ tag: DicomTag, in path: [Step] = []) -> String? {
        var bytes = [CChar](repeating: 0, count: 1024)
        let steps = path.map { cordon_dicom_step(tag: $0.tag.value, item: UInt32($0.item)) }
        guard cordon_dicom_text(handle, steps, steps.count, tag.value, &bytes, bytes.count) == 0 else { return nil }
        let value = bytes.withUnsafeBytes(Self.text)
        return value.isEmpty ? nil : value
    }

    /// SOP Instance UID.
    package var instanceUID: String? { text(DicomTag(0x0008, 0x0018)) }

    /// Beyond this in size no value of an image makes sense; with it, sums and products of a stored value stay integers
    /// of 64 bits.
    private static let largestNumber = 1e9

    /// The attribute's values; empty when it is missing.
    ///
    /// - Parameter isBounded: False where any number will do, also what is none (NaN).
    /// - Throws: `ImagingError.corruptImage` where they are no numbers, or beyond 10⁹ in size.
    func numbers(_ tag: DicomTag, in path: [Step] = [], isBounded: Bool = true) throws -> [Double] {
        // Few attributes have more values than this; tables are asked for again.
        var values = [Double](repeating: 0, count: 8)
        var count = 0
        let steps = path.map { cordon_dicom_step(tag: $0.tag.value, item: UInt32($0.item)) }
        var status = cordon_dicom_numbers(handle, steps, steps.count, tag.value, &values, values.count, &count)
        if status == 0, count > values.count {
            values = [Double](repeating: 0, count: min(count, 1 << 16))
            status = cordon_dicom_numbers(handle, steps, steps.count, tag.value, &values, values.count, &count)
        }
        if status == Int32(CORDON_DICOM_ABSENT) { return [] }
        guard status == 0 else { throw Self.error(status, name) }
        guard !isBounded || values.prefix(count).allSatisfy({ abs($0) <= Self.largestNumber }) else {
            throw ImagingError(
                .corruptImage,
                "\(name) cannot be read: attribute \(tag) holds a number that is none or beyond 10⁹. Correct it or "
                    + "take the file off the list.")
        }
        return Array(values.prefix(count))
    }

    /// - Throws: `ImagingError` for a frame that is too large, damaged, or encoded in a way that is not supported.
    func frame(_ index: Int) throws -> Frame {
        let count = layout.rows * layout.columns * layout.channels
        guard count <= Self.sampleLimit else {
            throw ImagingError(
                .imageTooLarge,
                "\(name) has \(layout.columns) × \(layout.rows) pixels; at most \(Self.sampleLimit) samples are read.")
        }
        var photometric = [CChar](repeating: 0, count: 17)
        var status: Int32 = 0
        let samples = [Int32](unsafeUninitializedCapacity: count) { target, initialised in
            status = cordon_dicom_frame(handle, UInt32(index), target.baseAddress, count, &photometric)
            initialised = status == 0 ? count : 0
        }
        guard status == 0 else { throw Self.error(status, name) }
        return Frame(samples: samples, photometric: photometric.withUnsafeBytes(Self.text))
    }

    /// The values of one frame of floating-point pixel data.
    func realFrame(_ index: Int) throws -> [Double] {
        let count = layout.rows * layout.columns
        guard count <= Self.sampleLimit else {
            throw ImagingError(
                .imageTooLarge,
                "\(name) has \(layout.columns) × \(layout.rows) pixels; at most \(Self.sampleLimit) samples are read.")
        }
        var status: Int32 = 0
        let values = [Double](unsafeUninitializedCapacity: count) { target, initialised in
            status = cordon_dicom_real_frame(handle, UInt32(index), target.baseAddress, count)
            initialised = status == 0 ? count : 0
        }
        guard status == 0 else { throw Self.error(status, name) }
        return values
    }

    private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self).trimmingSpaces
    }

    static func error(_ status: Int32, _ file: String) -> ImagingError {
        let code: ImagingError.Code =
            switch Int(status) {
            case CORDON_DICOM_NOT_DICOM: .unknownFormat
            case CORDON_DICOM_TOO_LARGE: .imageTooLarge
            case CORDON_DICOM_UNSUPPORTED, CORDON_DICOM_ABSENT: .unsupportedImage
            default: .corruptImage
            }
        let reason = String(cString: cordon_dicom_message())
        return ImagingError(code, "\(file) cannot be read: \(reason). Replace the file or take it off the list.")
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
