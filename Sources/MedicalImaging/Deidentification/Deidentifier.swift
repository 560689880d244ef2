internal import CDicom
import Crypto
import Foundation

/// De-identification of DICOM files by PS3.15 Annex E, basic profile with options; deterministic given key and options.
package struct Deidentifier: Sendable {
    /// One file, de-identified. Coded, it leaves out the bytes.
    package struct Output: Codable, Sendable {
        package var bytes: [UInt8] = []
        package let pseudonym: String
        /// The new SOP instance UID: a file name that says nothing.
        package let instance: String
        package let removed: Int
        package let replaced: Int
        /// What became of every attribute.
        let attributes: [UInt32: AttributeTally]
        /// What was painted over in every frame, in pixels of the frame as stored.
        package let blanked: [PixelRectangle]
        /// To look at; nil where nothing was painted over.
        let blankedFrame: BlankedFrame?

        private enum CodingKeys: String, CodingKey {
            case pseudonym, instance, removed, replaced, attributes, blanked, blankedFrame
        }
    }

    private let profile: ConfidentialityProfile
    private let key: DeidentificationKey
    private let pixels: PixelPolicy

    /// - Parameter keyFile: 32 secret bytes of the site.
    package init(keyFile: StoreKeyFile, policy: DeidentificationPolicy) throws {
        try self.init(keyFile: keyFile, options: policy.options, pixels: policy.pixels)
    }

    /// - Parameter keyFile: 32 secret bytes of the site.
    package init(
        keyFile: StoreKeyFile, options: Set<DeidentificationOption>, pixels: PixelPolicy = .holdBack
    ) throws {
        self.init(key: DeidentificationKey(try keyFile.secret()), options: options, pixels: pixels)
    }

    init(key: DeidentificationKey, options: Set<DeidentificationOption>, pixels: PixelPolicy = .holdBack) {
        self.key = key
        self.pixels = pixels
        profile = ConfidentialityProfile(options: options)
    }

    /// What the policy retains or cleans, by name.
    package var retained: [String] { profile.options.map(\.rawValue).sorted() }

    /// SHA-256 over table and options, in hexadecimal: equal at sites that de-identify alike.
    package var policyDigest: String {
        var options = profile.options.map(\.rawValue).sorted().joined(separator: ",")
        if profile.options.contains(.safePrivate) { options += "\0\(SafePrivate.table)" }
        if profile.options.contains(.cleanStructuredContent) { options += "\0\(StructuredContent.version)" }
        let whole = "cordon/deidentification/v1\0\(options)\0\(ConfidentialityProfile.table)" + pixels.digestText
        return hexadecimal(SHA256.hash(data: Data(whole.utf8)))
    }

    /// - Throws: `ImagingError.burnedInText` for images whose kind often bears text in the pixels, unless the file says
    ///   that it has none; others as for reading.
    package func deidentify(_ bytes: [UInt8], file: String) throws -> Output {
        let dicom = try DicomFile(
            bytes, file: file, needsImage: !profile.options.contains(.cleanStructuredContent))
        let isReport = dicom.layout.rows == 0
        guard !isReport || StructuredContent.isReport(dicom) else {
            throw ImagingError(
                .unsupportedImage, "\(file) is neither an image nor a structured report. Take it off the list.")
        }
        guard let instance = dicom.text(DicomTag(0x0008, 0x0018)) else {
            throw ImagingError(.corruptImage, "\(file) has no SOP Instance UID; it cannot be written anew.")
        }
        let patient = dicom.text(.patientID) ?? dicom.text(DicomTag(0x0020, 0x000D)) ?? instance
        // Before the edit, which takes what tells of regions and kinds.
        let blanked = isReport ? [] : try pixels.clean(dicom)
        let edit = DeidentificationEdit(profile: profile, key: key, patient: patient)
        try dicom.edit(edit)
        let codes =
            [("113100", "Basic Application Confidentiality Profile")] + (isReport ? [] : pixels.codes)
            + profile.options.sorted { $0.rawValue < $1.rawValue }.map { ($0.code.value, $0.code.meaning) }
        try dicom.set(DicomTag(0x0012, 0x0062), "YES")
        try dicom.set(DicomTag(0x0012, 0x0063), "Cordon, PS3.15 2024e")
        for (value, meaning) in codes { try dicom.addCode(DicomTag(0x0012, 0x0064), value, meaning) }
        let dates =
            profile.options.contains(.modifiedDates)
            ? "MODIFIED" : profile.options.contains(.fullDates) ? "UNMODIFIED" : "REMOVED"
        try dicom.set(DicomTag(0x0028, 0x0303), dates)
        if pixels == .blank, !isReport { try dicom.set(DicomTag(0x0028, 0x0301), "NO") }
        let written = try dicom.written()
        let own = profile.options.contains(.uids) ? instance : key.uid(instance)
        return Output(
            bytes: written, pseudonym: key.pseudonym(patient), instance: own, removed: edit.removed,
            replaced: edit.replaced, attributes: edit.attributes, blanked: blanked,
            blankedFrame: blanked.isEmpty ? nil : BlankedFrame(written, instance: own, regions: blanked))
    }
}
