import PoisoningDefence

/// How the laboratory's federation defends itself.
package enum LaboratoryDefence: String, CaseIterable, Hashable, Sendable {
    /// The integer contract rules only.
    case contract
    /// Contract and the ensemble of blind rules, round by round.
    case ensemble
    /// Contract and trigger suspicion over the rounds.
    case probes
    /// All of them.
    case everything
    /// Contract and FLAME's majority cluster, which leaves out at most c.
    case flame
    /// Contract, and weights that encryption cannot apply (`WeightRuleName`): what the published rules would be worth.
    case flameClipping = "flame-clipping"
    case foolsGold = "foolsgold"
    case centredClipping = "centred-clipping"
    case geometricMedian = "geometric-median"
    case mixing

    /// The rule that weighs updates; nil where all that are accepted count alike.
    var weights: WeightRuleName? { WeightRuleName(rawValue: rawValue) }

    func policy(members: Int, corruptible: Int) -> DefencePolicy {
        switch self {
        case .ensemble: .standard(members: members, corruptible: corruptible)
        case .everything: .standard(members: members, corruptible: corruptible, triggers: Self.triggers)
        case .probes:
            DefencePolicy(members: members, corruptible: corruptible, rules: [.scale], triggers: Self.triggers)
        case .flame: DefencePolicy(members: members, corruptible: corruptible, rules: [.flame])
        case .contract, .flameClipping, .foolsGold, .centredClipping, .geometricMedian, .mixing:
            DefencePolicy(members: members, corruptible: corruptible, rules: [])
        }
    }

    /// The default thresholds. Nobody has to look up the bench's own probes by name.
    private static let triggers = TriggerTerms(probes: "")

    var usesProbes: Bool { self == .probes || self == .everything }
}
