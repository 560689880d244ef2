import Ledger
import Report

/// Every round, and every hospital in every round.
struct RoundsPage {
    struct Round {
        let number: String
        let outcome: String
        let outcomeClass: String
        let accepted: String
        let excluded: String
        let absent: String
        let ended: String
    }

    let participation: ParticipationTable
    let rounds: [Round]
    let hasRounds: Bool

    init(_ snapshot: LedgerSnapshot) {
        let states = snapshot.rounds
        hasRounds = !states.isEmpty
        participation = ParticipationTable(snapshot, rounds: states)
        var last: [UInt32: UInt64] = [:]
        for (entry, record) in zip(snapshot.entries, snapshot.records) {
            if let round = entry.round { last[round] = record.timestampMilliseconds }
        }
        rounds = states.reversed().map { round in
            let outcome = round.outcome(names: snapshot.name(of:))
            let participations = snapshot.names.indices.map { Participation(of: $0, in: round) }
            return Round(
                number: "\(round.number)", outcome: outcome.words, outcomeClass: outcome.className,
                accepted: Self.names(snapshot, participations) { $0 == .accepted || $0 == .acceptedThenRolledBack },
                excluded: Self.exclusions(snapshot, participations),
                absent: Self.names(snapshot, participations) { $0 == .absent || $0 == .withoutKey },
                ended: round.ending == nil ? "–" : last[round.number].map(Instants.text) ?? "–")
        }
    }

    private static func names(
        _ snapshot: LedgerSnapshot, _ participations: [Participation], where isMeant: (Participation) -> Bool
    ) -> String {
        let names = participations.indices.filter { isMeant(participations[$0]) }.map(snapshot.name(of:))
        return names.isEmpty ? "nobody" : names.joined(separator: ", ")
    }

    private static func exclusions(_ snapshot: LedgerSnapshot, _ participations: [Participation]) -> String {
        let names = participations.enumerated().compactMap { member, participation -> String? in
            guard case .excluded(let reason) = participation else { return nil }
            return "\(snapshot.name(of: member)) (\(reason))"
        }
        return names.isEmpty ? "nobody" : names.joined(separator: ", ")
    }
}
