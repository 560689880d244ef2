import MedicalImaging

/// What a worker is asked: one file, and what to make of it.
struct WorkerRequest: Codable, Hashable, Sendable {
    enum Task: Codable, Hashable, Sendable {
        /// A sample of the store, after de-identification where the setup says so.
        case sample(size: Int, slice: SliceChoice)
        /// The file written anew without its patient.
        case deidentify
        case explain(frame: Int?)
    }

    let path: String
    /// For messages.
    let name: String
    let task: Task
}
