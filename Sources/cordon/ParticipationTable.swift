import Federation
import Foundation
import Ledger

/// What became of every hospital in every round, from the ledger: nobody is left out silently.
struct ParticipationTable: Encodable {
    struct Row: Encodable {
        let hospital: String
        let accepted: Int
        let excluded: Int
        let absent: Int
        /// A word for each round, in order.
        let rounds: [String]
    }

    let rows: [Row]
    let published: Int
    let rounds: Int
    let model: String?

    init(_ contract: FederationContract, names: [String]) {
        let ended = contract.endedRounds
        rows = names.enumerated().map { member, name in
            let parts = ended.map { Participation(of: member, in: $0) }
            return Row(
                hospital: name,
                accepted: parts.count { $0 == .accepted || $0 == .acceptedThenRolledBack },
                excluded: parts.count { if case .excluded = $0 { true } else { false } },
                absent: parts.count { $0 == .absent || $0 == .withoutKey }, rounds: parts.map(Self.word))
        }
        published = contract.publishedRounds.count
        rounds = ended.count
        model = contract.lastPublishedModel?.hex
    }

    private static func word(_ participation: Participation) -> String {
        switch participation {
        case .accepted: "accepted"
        case .acceptedThenRolledBack: "accepted, round rolled back"
        case .excluded(let reason): "excluded: \(reason)"
        case .committed, .abandoned: "committed, round abandoned"
        case .awaited, .absent: "absent"
        case .withoutKey: "absent: no one-time key left"
        }
    }

    var text: String {
        let width = max(8, rows.map(\.hospital.count).max() ?? 0)
        func row(_ cells: [String]) -> String {
            cells[0].padding(toLength: width + 2, withPad: " ", startingAt: 0)
                + cells.dropFirst().map { String(repeating: " ", count: max(0, 10 - $0.count)) + $0 }.joined()
        }
        let lines =
            [row(["hospital", "accepted", "excluded", "absent"])]
            + rows.map { row([$0.hospital, "\($0.accepted)", "\($0.excluded)", "\($0.absent)"]) }
        let others = rows.flatMap { row in
            row.rounds.enumerated().filter { $1 != "accepted" }.map { "\(row.hospital), round \($0 + 1): \($1)" }
        }
        return (lines + others).joined(separator: "\n") + "\n\(published) of \(rounds) rounds published"
            + (model.map { "; model \($0)" } ?? "") + "\n"
    }
}
