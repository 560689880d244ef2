import Synchronization

extension SamplePreparation {
    /// De-identifies a DICOM file and makes the sample of what remains; the patient's number goes to the pseudonym map
    /// alone. Attributes of other formats (EXIF, text chunks) never enter a sample.
    ///
    /// - Parameter record: Takes in what was done to each DICOM file.
    package static func deidentifying(
        with deidentifier: Deidentifier, into record: RecordedDeidentification
    ) -> SamplePreparation {
        return SamplePreparation(deidentification: deidentifier.policyDigest) { request in
            guard DicomFile.isDicom(request.bytes, file: request.file) else { return try decoding.prepare(request) }
            do {
                let (prepared, output) = try deidentifier.sample(of: request)
                record.add(output)
                return prepared
            } catch let error as ImagingError {
                record.holdBack(error.code)
                throw error
            }
        }
    }
}

extension Deidentifier {
    /// The sample of what remains of a DICOM file, and what was done to it.
    package func sample(
        of request: SamplePreparation.Request
    ) throws -> (SamplePreparation.Prepared, Output) {
        let patient = try DicomFile(request.bytes, file: request.file).text(.patientID)
        let output = try deidentify(request.bytes, file: request.file)
        let sample = try SamplePreparation.decoding.prepare(
            SamplePreparation.Request(bytes: output.bytes, file: request.file, size: request.size))
        return (SamplePreparation.Prepared(pixels: sample.pixels, patient: patient), output)
    }
}

/// A record that a preparation fills while others may read it.
package final class RecordedDeidentification: Sendable {
    private let value = Mutex(DeidentificationRecord())

    package var current: DeidentificationRecord { value.withLock { $0 } }

    package init() {}

    package func add(_ output: Deidentifier.Output) { value.withLock { $0.add(output) } }
    package func holdBack(_ reason: ImagingError.Code) { value.withLock { $0.holdBack(reason) } }
}
