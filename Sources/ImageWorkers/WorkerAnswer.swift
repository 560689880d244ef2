import MedicalImaging

/// What a worker answers; pixels or a file's bytes stand behind it.
enum WorkerAnswer: Codable, Sendable {
    /// The patient, where the file names one, and what de-identification did, where there was any.
    case sample(patient: String?, output: Deidentifier.Output?)
    case deidentified(Deidentifier.Output)
    case explained(ImageExplanation)
    /// `isHeldBack` where de-identification refused it.
    case refused(ImagingError.Code, message: String, isHeldBack: Bool)
}
