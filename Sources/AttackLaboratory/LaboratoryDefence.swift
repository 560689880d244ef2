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

    func policy(members: Int, corruptible: Int) -> DefencePolicy {
        switch self {
        case .ensemble, .everything: .standard(members: members, corruptible: corruptible)
        case .probes: DefencePolicy(members: members, corruptible: corruptible, rules: [.scale])
        case .contract: DefencePolicy(members: members, corruptible: corruptible, rules: [])
        }
    }

    var usesProbes: Bool { self == .probes || self == .everything }
}
