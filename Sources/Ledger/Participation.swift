/// What became of one hospital in one round. Every member of the federation has one in every round.
package enum Participation: Hashable, Sendable {
    case accepted
    case acceptedThenRolledBack
    case excluded(ExclusionReason)
    /// Committed; the round has no verdict yet.
    case committed
    /// Committed; the round ended before a verdict.
    case abandoned
    /// The round still waits for its commitment.
    case awaited
    case absent
    /// It had no one-time key left, so nothing could be sealed to it and it could not take part.
    case withoutKey

    package init(of member: Int, in round: RoundState) {
        if let reason = round.removed[member] ?? round.verdict?.exclusions.first(where: { $0.member == member })?.reason
        {
            self = .excluded(reason)
        } else if round.verdict?.accepted.contains(member) == true {
            if case .rolledBack = round.ending { self = .acceptedThenRolledBack } else { self = .accepted }
        } else if round.commitments[member] != nil {
            self = round.ending == nil ? .committed : .abandoned
        } else if round.recipientKeyIndex[member] == nil {
            self = .withoutKey
        } else {
            self = round.ending == nil && round.phase == .commit ? .awaited : .absent
        }
    }
}
