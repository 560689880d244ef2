/// What the agreement says about leaving updates out of a sum.
package struct DefencePolicy: Sendable, Hashable, Codable {
    /// c: how many hospitals may be corrupt. The poisoning rules never exclude more than that.
    package let corruptible: Int
    /// n: hospitals of the federation.
    package let members: Int
    /// Poisoning rules to run, in this order, each at most once.
    package let rules: [PoisoningRuleName]
    /// Whether the integer contract rules run. Off only to show what an attack does to an undefended federation.
    package let contractRules: Bool
    /// Suspicion of planted triggers over the rounds; nil where no probes are agreed on.
    package let triggers: TriggerTerms?

    package init(
        members: Int, corruptible: Int, rules: [PoisoningRuleName], contractRules: Bool = true,
        triggers: TriggerTerms? = nil
    ) {
        precondition(members >= 0 && corruptible >= 0, "negative numbers of hospitals")
        self.members = members
        self.corruptible = corruptible
        var seen = Set<PoisoningRuleName>()
        self.rules = rules.filter { seen.insert($0).inserted }
        self.contractRules = contractRules
        self.triggers = triggers
    }

    /// Contract rules, the whole ensemble of poisoning rules and, where probes are agreed on, suspicion of triggers.
    package static func standard(members: Int, corruptible: Int, triggers: TriggerTerms? = nil) -> DefencePolicy {
        DefencePolicy(
            members: members, corruptible: corruptible, rules: PoisoningRuleName.ensemble, triggers: triggers)
    }

    /// Contract rules only: nobody is left out for the direction or size of an update within the bound.
    package static let off = DefencePolicy(members: 0, corruptible: 0, rules: [])

    /// No rule at all, not even the contract's: for showing that an attack is real, never for a federation.
    package static let undefended = DefencePolicy(members: 0, corruptible: 0, rules: [], contractRules: false)

    /// |V| ≥ max(⌊n/2⌋ + 1, c + 2): below that a sum would say too much of one hospital.
    package var minimumAccepted: Int { max(members / 2 + 1, corruptible + 2) }
}
