import Ledger
import Report

/// Who was excluded, complained of, contested, accused or outvoted, and on what grounds.
struct AttacksPage {
    struct Exclusion {
        let hospital: String
        let reason: String
        let rounds: String
        let figures: String
    }

    struct Dispute {
        let round: String
        let what: String
        let outcome: String
    }

    let exclusions: [Exclusion]
    let hasExclusions: Bool
    let disputes: [Dispute]
    let hasDisputes: Bool

    init(_ snapshot: LedgerSnapshot) {
        exclusions = Self.exclusions(snapshot)
        disputes = snapshot.rounds.flatMap { Self.disputes(in: $0, snapshot) }
        hasExclusions = !exclusions.isEmpty
        hasDisputes = !disputes.isEmpty
    }

    /// Each hospital and reason once, with its rounds and the figures of the first.
    private static func exclusions(_ snapshot: LedgerSnapshot) -> [Exclusion] {
        var groups: [(member: Int, reason: ExclusionReason, rounds: [Int], figures: String)] = []
        func add(_ member: Int, _ reason: ExclusionReason, _ round: UInt32, _ figures: String) {
            if let known = groups.firstIndex(where: { $0.member == member && $0.reason == reason }) {
                groups[known].rounds.append(Int(round))
            } else {
                groups.append((member, reason, [Int(round)], figures))
            }
        }
        for round in snapshot.rounds {
            for (member, reason) in round.removed.sorted(by: { $0.key < $1.key }) {
                add(member, reason, round.number, "before the beacon, by the contract")
            }
            for exclusion in round.verdict?.exclusions ?? [] {
                add(exclusion.member, exclusion.reason, round.number, exclusion.figures)
            }
        }
        return groups.map {
            Exclusion(
                hospital: snapshot.name(of: $0.member), reason: $0.reason.description,
                rounds: Figures.ranges($0.rounds), figures: $0.figures)
        }
    }

    private static func disputes(in round: RoundState, _ snapshot: LedgerSnapshot) -> [Dispute] {
        let number = "\(round.number)"
        func name(_ member: Int) -> String { snapshot.name(of: member) }
        var disputes = round.complaints.sorted().map { complaint in
            Dispute(
                round: number,
                what: "\(name(complaint.recipient)) complains that \(name(complaint.dealer)) dealt it no valid share",
                outcome: round.justified.contains(complaint)
                    ? "answered: the share was published"
                    : round.removed[complaint.dealer] == nil
                        ? "open" : "upheld: \(name(complaint.dealer)) left the round"
            )
        }
        disputes += round.contests.map {
            Dispute(
                round: number, what: "\(name($0.dealer)) contests the answer of \(name($0.helper)) to an opening",
                outcome: "its share was published, so that everybody can judge")
        }
        let refuted = round.refutedBlocks(corruptible: snapshot.foundation?.corruptible ?? 0)
        if !refuted.isEmpty {
            disputes.append(
                Dispute(
                    round: number,
                    what: "hospitals found another sum in block \(Figures.ranges(refuted.map(Int.init)))",
                    outcome: "the coordinator is shown to be wrong"))
        }
        if case .rolledBack(let reason, let accused) = round.ending {
            disputes.append(
                Dispute(
                    round: number, what: "the round was rolled back: \(reason.words)",
                    outcome: accused.map { "accused: \(snapshot.name(of: $0))" } ?? "nobody is accused"))
        }
        let against = round.votes.filter { !$0.value.approve }.keys.sorted().map(name)
        if !against.isEmpty {
            disputes.append(
                Dispute(
                    round: number, what: "\(against.joined(separator: ", ")) voted against the model",
                    outcome: round.outcome(names: snapshot.name(of:)).words))
        }
        return disputes
    }
}
