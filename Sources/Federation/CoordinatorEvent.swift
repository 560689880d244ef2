/// What can happen to the coordinator.
package enum CoordinatorEvent: Sendable {
    case started
    case received(Verified<Message>)
    case woke
    case judged(round: UInt32, GatheredAnswers, Judgement)
    case summed(round: UInt32, Result<OpenedSum, FederationError>)
}
