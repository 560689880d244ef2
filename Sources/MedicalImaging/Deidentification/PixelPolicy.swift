/// What becomes of images that may bear text in their pixels.
package enum PixelPolicy: String, CaseIterable, Codable, Sendable {
    /// Kinds that often bear text are held back; pixels are not looked at.
    case holdBack = "hold-back"
    /// Every frame is searched, and what looks like text is painted over (Clean Pixel Data Option, PS3.15 E.3.1).
    case blank

    /// CID 7050.
    var codes: [(String, String)] {
        self == .blank ? [("113101", "Clean Pixel Data Option")] : []
    }

    /// Goes into the digest of the policy; empty for what there was before there was a choice.
    var digestText: String { self == .blank ? "\0pixels=blank/v1" : "" }

    /// - Returns: What was painted over.
    /// - Throws: `ImagingError.burnedInText` for a file to be held back; others as for reading.
    func clean(_ dicom: DicomFile) throws -> [PixelRectangle] {
        let stated = dicom.text(DicomTag(0x0028, 0x0301))
        switch self {
        case .blank: return try PixelCleaning(dicom, isTextStated: stated == "YES").clean()
        case .holdBack:
            guard stated != "NO" else { return [] }
            guard stated == "YES" || Self.oftenBearsText(dicom) else { return [] }
            throw ImagingError(
                .burnedInText,
                "\(dicom.name) may bear text in its pixels: \(stated == "YES" ? "it says so" : "its kind often does"). "
                    + "Have it painted over, or look at it and, if there is none, set Burned In Annotation (0028,0301) "
                    + "to NO.")
        }
    }

    private static func oftenBearsText(_ dicom: DicomFile) -> Bool {
        let modality = dicom.text(.modality) ?? ""
        let kind = dicom.text(DicomTag(0x0008, 0x0008)) ?? ""
        return ["US", "SC", "XA", "ES", "OT", "XC", "GM", "SM", "OP"].contains(modality)
            || dicom.text(DicomTag(0x0008, 0x0064)) != nil || kind.contains("SECONDARY")
    }
}
