/// Something a person who waits for a run wants to know.
package enum ProgressEvent: Hashable, Sendable {
    /// Images prepared so far.
    case loading(done: Int, total: Int)
    /// A sentence for the reader.
    case note(String)
    /// A sentence that must not be overlooked.
    case warning(String)
    /// A round begins.
    case roundStarted(number: Int, of: Int)
    /// The round has reached this phase.
    case phase(name: String)
    /// A hospital has finished its training for this round: the `done`th of `of`.
    case hospitalTrained(done: Int, of: Int)
    /// A round has ended, well or not.
    case roundEnded(RoundProgress)
    /// The run is over.
    case finished(seconds: Double)
}
