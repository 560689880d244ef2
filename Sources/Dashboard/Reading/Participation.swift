import Ledger

/// What became of one hospital in one round. Every member of the federation has one in every round.
enum Participation: Hashable {
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

    init(of member: Int, in round: RoundState) {
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

    /// Class of the style sheet, a mark that needs no colour, and words.
    var mark: ParticipationMark {
        switch self {
        case .accepted: ParticipationMark("accepted", "●", "accepted")
        case .acceptedThenRolledBack: ParticipationMark("rolledback", "↺", "accepted, round rolled back")
        case .excluded(let reason): ParticipationMark("excluded", "✕", "excluded: \(reason)")
        case .committed: ParticipationMark("committed", "◐", "committed")
        case .abandoned: ParticipationMark("abandoned", "○", "committed, round abandoned")
        case .awaited: ParticipationMark("awaited", "…", "not yet committed")
        case .absent: ParticipationMark("absent", "–", "absent")
        case .withoutKey: ParticipationMark("absent", "–", "absent: no one-time key left")
        }
    }
}

/// How a participation is drawn.
struct ParticipationMark {
    let className: String
    let symbol: String
    let words: String

    init(_ className: String, _ symbol: String, _ words: String) {
        self.className = className
        self.symbol = symbol
        self.words = words
    }
}
