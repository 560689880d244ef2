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
            let (bytes, file) = (request.bytes, request.file)
            guard DicomFile.isDicom(bytes, file: file) else { return try decoding.prepare(request) }
            do {
                let patient = try DicomFile(bytes, file: file).text(.patientID)
                let output = try deidentifier.deidentify(bytes, file: file)
                let sample = try decoding.prepare(
                    Request(bytes: output.bytes, file: file, size: request.size))
                record.value.withLock { $0.add(output) }
                return Prepared(pixels: sample.pixels, patient: patient)
            } catch let error as ImagingError {
                record.value.withLock { $0.holdBack(error.code) }
                throw error
            }
        }
    }
}

/// A record that a preparation fills while others may read it.
package final class RecordedDeidentification: Sendable {
    let value = Mutex(DeidentificationRecord())

    package var current: DeidentificationRecord { value.withLock { $0 } }

    package init() {}
}
