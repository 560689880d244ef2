import Ledger

extension Participation {
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
