import Ledger

/// Every hospital in every one of some rounds, drawn as a grid of marks.
struct ParticipationTable {
    struct Row {
        let hospital: String
        let marks: [Cell]
    }

    struct Cell {
        let mark: ParticipationMark
        let title: String
    }

    let numbers: [String]
    let rows: [Row]
    /// The kinds of mark that occur.
    let legend: [ParticipationMark]

    init(_ snapshot: LedgerSnapshot, rounds: some Collection<RoundState>) {
        numbers = rounds.map { "\($0.number)" }
        rows = snapshot.names.enumerated().map { member, name in
            Row(
                hospital: name,
                marks: rounds.map { round in
                    let mark = Participation(of: member, in: round).mark
                    return Cell(mark: mark, title: "\(name), round \(round.number): \(mark.words)")
                })
        }
        let all = [
            Participation.accepted.mark, ParticipationMark("excluded", "✕", "excluded"), Participation.absent.mark,
            Participation.committed.mark, Participation.awaited.mark, Participation.abandoned.mark,
            Participation.acceptedThenRolledBack.mark,
        ]
        let shown = Set(rows.flatMap { $0.marks.map(\.mark.className) })
        legend = all.filter { shown.contains($0.className) }
    }
}
