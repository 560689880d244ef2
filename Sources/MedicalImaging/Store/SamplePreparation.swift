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

    /// One file, or slice of it, and what is to be made of it.
    package struct Request: Sendable {
        package let bytes: [UInt8]
        /// Its path, in messages too.
        package let file: String
        package let size: Int
        package let slice: SliceChoice

        package init(bytes: [UInt8], file: String, size: Int, slice: SliceChoice = .middle) {
            self.bytes = bytes
            self.file = file
            self.size = size
            self.slice = slice
        }
    }

    /// Waits for what was begun; throws `ImagingError` for a file to be left out.
    package typealias Pending = () throws -> Prepared

    /// Digest of the de-identification policy, nil where none is applied. Hexadecimal.
    package let deidentification: String?
    /// How many files may be begun before the first of them is waited for.
    package let lookahead: Int
    package let begin: @Sendable (Request) throws -> Pending

    package init(
        deidentification: String? = nil, lookahead: Int, begin: @escaping @Sendable (Request) throws -> Pending
    ) {
        self.deidentification = deidentification
        self.lookahead = max(1, lookahead)
        self.begin = begin
    }

    /// In this process, one file at a time.
    package init(deidentification: String? = nil, prepare: @escaping @Sendable (Request) throws -> Prepared) {
        self.init(deidentification: deidentification, lookahead: 1) { request in { try prepare(request) } }
    }

    package func prepare(_ request: Request) throws -> Prepared { try begin(request)() }

    /// What the loaders do: decode, reduce to grey, resize. A DICOM file names its patient itself.
    package static let decoding = SamplePreparation { request in
        let (bytes, file, size) = (request.bytes, request.file, request.size)
        guard DicomFile.isDicom(bytes, file: file) else {
            return Prepared(
                pixels: try GreyImage.decodeResized(bytes, file: file, size: size, slice: request.slice))
        }
        let dicom = try DicomFile(bytes, file: file)
        return Prepared(pixels: try DicomImage(dicom).grey.resized(to: size), patient: dicom.text(.patientID))
    }
}
