internal import CDicom

/// A DICOM attribute's tag, `group << 16 | element` (PS3.6).
package struct DicomTag: Hashable, Sendable, CustomStringConvertible {
    package let value: UInt32

    package init(_ group: UInt16, _ element: UInt16) {
        value = UInt32(group) << 16 | UInt32(element)
    }

    init(value: UInt32) {
        self.value = value
    }

    /// By the data dictionary (PS3.6), `Private` in odd groups.
    package var name: String {
        guard value >> 16 & 1 == 0 else { return "Private" }
        var bytes = [CChar](repeating: 0, count: 128)
        cordon_dicom_name(value, &bytes, bytes.count)
        return bytes.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    package var description: String {
        let digits = String(UInt64(value) | 1 << 32, radix: 16, uppercase: true).dropFirst()
        return "(\(digits.prefix(4)),\(digits.suffix(4)))"
    }

    package static let modality = DicomTag(0x0008, 0x0060)
    package static let patientID = DicomTag(0x0010, 0x0020)
    package static let patientOrientation = DicomTag(0x0020, 0x0020)
    package static let imageOrientation = DicomTag(0x0020, 0x0037)
    package static let pixelPadding = DicomTag(0x0028, 0x0120)
    package static let pixelPaddingLimit = DicomTag(0x0028, 0x0121)
    package static let windowCenter = DicomTag(0x0028, 0x1050)
    package static let windowWidth = DicomTag(0x0028, 0x1051)
    package static let rescaleIntercept = DicomTag(0x0028, 0x1052)
    package static let rescaleSlope = DicomTag(0x0028, 0x1053)
    package static let windowFunction = DicomTag(0x0028, 0x1056)
    package static let modalityTable = DicomTag(0x0028, 0x3000)
    package static let tableDescriptor = DicomTag(0x0028, 0x3002)
    package static let tableData = DicomTag(0x0028, 0x3006)
    package static let windowTable = DicomTag(0x0028, 0x3010)
    package static let frameWindow = DicomTag(0x0028, 0x9132)
    package static let frameTransformation = DicomTag(0x0028, 0x9145)
    package static let planeOrientation = DicomTag(0x0020, 0x9116)
    package static let sharedGroups = DicomTag(0x5200, 0x9229)
    package static let frameGroups = DicomTag(0x5200, 0x9230)
}
