import Ledger
import Report

/// The first page: where the federation stands now.
struct FederationPage {
    let figures: [KeyFigure]
    /// The open round.
    let round: RoundView?
    /// What to say while none is open.
    let pause: String?
    /// The latest rounds.
    let participation: ParticipationTable?
    /// HTML of the learning curve, from a summary.
    let curve: String?
    let facts: [Fact]

    private static let roundsShown = 20

    init?(_ snapshot: LedgerSnapshot) {
        guard let log = snapshot.log, let foundation = snapshot.foundation else { return nil }
        let contract = log.contract
        let open = contract.openRound
        round = open.map { RoundView($0, in: snapshot) }
        pause = open == nil ? Self.pause(contract, foundation) : nil
        figures = Self.figures(contract, foundation, snapshot)
        participation =
            snapshot.rounds.isEmpty
            ? nil : ParticipationTable(snapshot, rounds: snapshot.rounds.suffix(Self.roundsShown))
        if case .found(let summary) = snapshot.summary {
            curve = PageParts.learningCurve(summary)
        } else {
            curve = nil
        }
        facts = [
            Fact("Federation", code: foundation.digest.hex),
            Fact("Agreement", code: foundation.agreementDigest.hex),
            Fact("Hospitals", "\(foundation.members.count)"),
            Fact("Needed to open anything", "\(foundation.threshold)"),
            Fact(
                "May be malicious",
                foundation.corruptible == 0
                    ? "the coordinator alone" : "\(foundation.corruptible), together with the coordinator"),
            Fact("Fewest in a sum", "\(foundation.minimumAccepted)"),
            Fact("Blocks of an update", "\(foundation.blockCount)"),
            Fact("Latest model", code: contract.lastPublishedModel?.hex ?? "none"),
        ]
    }

    private static func pause(_ contract: FederationContract, _ foundation: FederationFoundation) -> String {
        let last = Instants.text(contract.lastTimestampMilliseconds)
        guard let round = contract.round else { return "No round was opened yet. The latest entry is of \(last)." }
        let isOver = round.number >= foundation.maximumRounds
        return "Round \(round.number) was the latest; none is open. The latest entry is of \(last)."
            + (isOver ? " All \(foundation.maximumRounds) rounds that the agreement allows are over." : "")
    }

    private static func figures(
        _ contract: FederationContract, _ foundation: FederationFoundation, _ snapshot: LedgerSnapshot
    ) -> [KeyFigure] {
        var figures = [
            KeyFigure(
                name: "Published", value: "\(contract.publishedRounds.count)",
                note: "of \(foundation.maximumRounds) rounds, \(contract.endedRounds.count) ended")
        ]
        if let round = contract.openRound {
            figures.append(KeyFigure(name: "Round", value: "\(round.number)", note: "in phase \(round.phase.name)"))
            figures.append(
                KeyFigure(
                    name: "Committed", value: "\(round.commitments.count)",
                    note: "of \(foundation.members.count) hospitals"))
        } else if let last = contract.endedRounds.last, let verdict = last.verdict {
            figures.append(
                KeyFigure(
                    name: "Accepted", value: "\(verdict.accepted.count)",
                    note: "of \(foundation.members.count) hospitals in round \(last.number)"))
        }
        if foundation.epsilonBudgetMicros > 0 {
            figures.append(
                KeyFigure(
                    name: "Largest ε spent", value: Epsilon.text(contract.spent.values.max() ?? 0),
                    note: "of \(Epsilon.text(foundation.epsilonBudgetMicros)) for each patient"))
        }
        figures.append(
            KeyFigure(
                name: "Entries", value: Figures.count(snapshot.entries.count),
                note: snapshot.checkpoint.map { "\(Figures.count($0.size)) under the checkpoint" }
                    ?? "no checkpoint yet"))
        return figures
    }
}
