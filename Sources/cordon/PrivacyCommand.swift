import ArgumentParser

/// `cordon privacy`: what differential privacy buys, what is left of it, and whether a program keeps its word.
struct PrivacyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "privacy",
        abstract: "Plan, watch and attack the privacy of patients.",
        discussion: """
            ε says how much anybody's view of a federation may depend on one patient: chances change by a factor of \
            e^ε at most, but for a probability δ. `plan` prices a training before it is agreed, `budget` reads from a \
            ledger what each hospital has spent, `audit` attacks this program and compares.
            """,
        subcommands: [PrivacyPlanCommand.self, PrivacyBudgetCommand.self, PrivacyAuditCommand.self])
}
