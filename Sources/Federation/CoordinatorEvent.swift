package import Ledger

/// What can happen to the coordinator.
package enum CoordinatorEvent: Sendable {
    case started
    case received(Verified<Message>)
    case woke
    /// These chunks of a member are here, durably, and have the digests that are their names.
    case fetched([Digest], from: Int)
    case judged(round: UInt32, GatheredAnswers, Judgement)
    case summed(round: UInt32, Result<SumToPost, FederationError>)
    /// Slow work for a round could not be done, for want of a chunk that was here.
    case failed(round: UInt32, FederationError)
}
