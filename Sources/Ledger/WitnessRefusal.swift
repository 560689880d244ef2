/// Why a witness does not cosign. Raw values are stable: they go over the wire and into reports.
package enum WitnessRefusal: String, Error, Hashable, Sendable, CustomStringConvertible {
    /// The note bears no signature of the sequencer that this witness knows.
    case notSequenced
    /// The note is a checkpoint of another ledger.
    case anotherLedger
    /// A checkpoint no larger than one that was cosigned: nothing new, and no fork.
    case stale
    /// The records up to the checkpoint did not come with it.
    case recordsMissing
    /// The contract refuses a record on the way to the checkpoint.
    case recordRefused
    /// A record is dated further ahead of this witness's clock than clocks may differ.
    case aheadOfClock
    /// The sequencer signed another history than the one that this witness executed.
    case fork

    package var description: String { rawValue }
}
