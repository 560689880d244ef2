import Ledger
import Report

/// Each hospital over all rounds, and what of its patients' privacy budget is spent.
struct HospitalsPage {
    struct Row {
        let name: String
        let accepted: String
        let excluded: String
        let absent: String
        let votes: String
        let keys: String
        let fingerprint: String
        let budget: Budget?
    }

    struct Budget {
        let spent: String
        /// For `<progress>`: both whole numbers.
        let spentMicros: String
        let budgetMicros: String
        let percent: String
        let mechanism: String
    }

    let rows: [Row]
    let hasBudget: Bool
    /// The budget and what it protects, in a sentence.
    let privacy: String

    init?(_ snapshot: LedgerSnapshot) {
        guard let contract = snapshot.log?.contract, let foundation = snapshot.foundation else { return nil }
        let rounds = snapshot.rounds
        let budget = foundation.epsilonBudgetMicros
        hasBudget = budget > 0
        privacy =
            budget > 0
            ? "Each patient of each hospital has a budget of ε = \(Epsilon.text(budget)) at δ = "
                + "\(Epsilon.delta(foundation.deltaExponent)), fixed by the foundation. What is spent stands in the "
                + "hospital's own commitments, of abandoned rounds too; the contract refuses a commitment "
                + "beyond the budget."
            : "The agreement asks for no differential privacy: published models may reveal who was trained on."
        rows = foundation.members.indices.map { member in
            let participations = rounds.map { Participation(of: member, in: $0) }
            let votes = rounds.compactMap { $0.votes[member] }
            let refusals = votes.filter { !$0.approve }.count
            return Row(
                name: snapshot.name(of: member),
                accepted: "\(participations.filter { $0 == .accepted || $0 == .acceptedThenRolledBack }.count)",
                excluded: "\(participations.filter { if case .excluded = $0 { true } else { false } }.count)",
                absent: "\(participations.filter { $0 == .absent || $0 == .withoutKey }.count)",
                votes: "\(votes.count - refusals) for, \(refusals) against",
                keys: "\(contract.unusedRecipientKeys(of: member))",
                fingerprint: "\(Fingerprint(of: foundation.members[member].publicKey))",
                budget: budget > 0 ? Self.budget(of: member, budget, rounds, contract) : nil)
        }
    }

    private static func budget(
        of member: Int, _ budget: UInt64, _ rounds: [RoundState], _ contract: FederationContract
    ) -> Budget {
        let spent = contract.spent[member] ?? 0
        let last = rounds.last { $0.commitments[member] != nil }?.commitments[member]?.spend
        return Budget(
            spent: Epsilon.text(spent), spentMicros: "\(spent)", budgetMicros: "\(budget)",
            percent: Figures.percent(Double(spent) / Double(budget)),
            mechanism: last.map {
                "σ = \(Figures.compact(Double($0.noiseMultiplierMicros) / 1e6)), "
                    + "q = \(Figures.compact(Double($0.samplingRateMicros) / 1e6)), "
                    + Figures.plural(Int($0.steps), "step")
            } ?? "nothing committed yet")
    }
}
