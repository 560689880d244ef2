/// From the bytes of one file to a sample: where formats and de-identification join the store.
package struct SamplePreparation: Sendable {
    package struct Prepared: Sendable {
        /// Grey values 0…255, size × size.
        package let pixels: [UInt8]
        /// The patient, where the file itself says; nil leaves what the list of files says.
        package let patient: String?

        package init(pixels: [UInt8], patient: String? = nil) {
            self.pixels = pixels
            self.patient = patient
        }
    }

    /// Digest of the de-identification policy, nil where none is applied. Hexadecimal.
    package let deidentification: String?
    /// Takes bytes, the file's name for messages, and the size; throws `ImagingError` for a file to be left out.
    package let prepare: @Sendable (_ bytes: [UInt8], _ file: String, _ size: Int) throws -> Prepared

    package init(
        deidentification: String? = nil,
        prepare: @escaping @Sendable (_ bytes: [UInt8], _ file: String, _ size: Int) throws -> Prepared
    ) {
        self.deidentification = deidentification
        self.prepare = prepare
    }

    /// What the loaders do: decode, reduce to grey, resize. A DICOM file names its patient itself.
    package static let decoding = SamplePreparation { bytes, file, size in
        guard DicomFile.isDicom(bytes, file: file) else {
            return Prepared(pixels: try GreyImage.decodeResized(bytes, file: file, size: size))
        }
        let dicom = try DicomFile(bytes, file: file)
        return Prepared(pixels: try DicomImage(dicom).grey.resized(to: size), patient: dicom.text(.patientID))
    }
}
