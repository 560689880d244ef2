package import MedicalImaging

extension WorkerPool {
    /// Prepares samples as `SamplePreparation.decoding` does, or `deidentifying` where the setup says so.
    ///
    /// - Parameters:
    ///   - deidentification: Digest of the policy that the setup names.
    ///   - record: Takes in what was done to each file where there is a policy.
    package func preparation(
        deidentification: String? = nil, into record: RecordedDeidentification = RecordedDeidentification()
    ) -> SamplePreparation {
        SamplePreparation(deidentification: deidentification, lookahead: lookahead) { request in
            let job = try self.begin(
                WorkerRequest(
                    path: request.file, name: request.file, task: .sample(size: request.size, slice: request.slice)))
            return {
                switch try self.answer(to: job) {
                case (.sample(let patient, let output), let pixels):
                    guard pixels.count == request.size * request.size else { throw Self.strange(request.file) }
                    if let output { record.add(output) }
                    return SamplePreparation.Prepared(pixels: pixels, patient: patient)
                case (.refused(let code, let message, let isHeldBack), _):
                    if deidentification != nil, isHeldBack { record.holdBack(code) }
                    throw ImagingError(code, message)
                default: throw Self.strange(request.file)
                }
            }
        }
    }

    /// De-identifies an archive's files.
    package var deidentification: ArchiveDeidentification {
        ArchiveDeidentification(lookahead: lookahead) { path, name in
            let job = try self.begin(WorkerRequest(path: path, name: name, task: .deidentify))
            return {
                switch try self.answer(to: job) {
                case (.deidentified(var output), let bytes):
                    output.bytes = bytes
                    return output
                case (.refused(let code, let message, _), _): throw ImagingError(code, message)
                default: throw Self.strange(name)
                }
            }
        }
    }

    /// - Throws: `ImagingError` in the words of ingest.
    package func explanation(of path: String, frame: Int?) throws -> ImageExplanation {
        let job = try begin(WorkerRequest(path: path, name: path, task: .explain(frame: frame)))
        switch try answer(to: job) {
        case (.explained(let explanation), _): return explanation
        case (.refused(let code, let message, _), _): throw ImagingError(code, message)
        default: throw Self.strange(path)
        }
    }

    private static func strange(_ name: String) -> ImagingError {
        ImagingError(.decoderCrashed, "\(name) cannot be read: the decoder's answer is none. Take it off the list.")
    }
}
