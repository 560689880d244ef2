/// Names of the poisoning rules, as they stand in an agreement.
package enum PoisoningRuleName: String, Sendable, Hashable, Codable, CaseIterable {
    case duplicates
    case scale
    case norm
    case angle
    case multiKrum
    case cluster
    case principalDirection
    /// Not in the standard ensemble.
    case flame

    /// The standard ensemble.
    package static let ensemble: [PoisoningRuleName] = [
        .duplicates, .scale, .norm, .angle, .multiKrum, .cluster, .principalDirection,
    ]

    /// The rule of that name.
    package var rule: any PoisoningRule {
        switch self {
        case .duplicates: DuplicateRule()
        case .scale: ScaleRule()
        case .norm: NormRule()
        case .angle: AngleRule()
        case .multiKrum: MultiKrumRule()
        case .cluster: ClusterRule()
        case .principalDirection: PrincipalDirectionRule()
        case .flame: FlameRule()
        }
    }
}
