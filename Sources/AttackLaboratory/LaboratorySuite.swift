/// Which runs the laboratory makes.
package enum LaboratorySuite: String, CaseIterable, Hashable, Sendable {
    /// Every attack once, the hard regimes among them: under ten minutes on two cores.
    case quick
    /// The headline: the regimes with a target, each on ten seeds.
    case headline
    /// Every attack × heterogeneity × share of malicious hospitals × privacy, three seeds each.
    case full

    /// Seeds below this were used to choose thresholds and defaults; suites use none of them unless asked to.
    package static let firstFreshSeed: UInt64 = 1000

    /// - Parameters:
    ///   - seed: first seed of the suite; the others follow it.
    ///   - defence: in place of the suite's own; nil for those.
    package func scenarios(firstSeed seed: UInt64, under defence: LaboratoryDefence? = nil) -> [LaboratoryScenario] {
        let all =
            switch self {
            case .quick: quick(seed)
            case .headline: headline(seed)
            case .full: full(seed)
            }
        guard let defence else { return all }
        var seen = Set<LaboratoryScenario>()
        return all.map { $0.under(defence) }.filter { seen.insert($0).inserted }
    }

    private func quick(_ seed: UInt64) -> [LaboratoryScenario] {
        let attacks = LaboratoryAttack.allCases
        let alike = attacks.flatMap { attack in
            [LaboratoryDefence.contract, .everything].map {
                LaboratoryScenario(attack: attack, defence: $0, malicious: 3, seed: seed)
            }
        }
        let unlike = attacks.flatMap { attack in
            [LaboratoryDefence.contract, .everything].map {
                LaboratoryScenario(attack: attack, defence: $0, heterogeneity: 0.5, malicious: 2, seed: seed)
            }
        }
        let hard = [LaboratoryDefence.ensemble, .everything].map {
            LaboratoryScenario(
                attack: .backdoor, defence: $0, heterogeneity: 0.5, malicious: 2, epsilon: 8, seed: seed)
        }
        return alike + unlike + hard
    }

    private func headline(_ seed: UInt64) -> [LaboratoryScenario] {
        struct Regime {
            let attack: LaboratoryAttack
            let heterogeneity: Double?
            let malicious: Int
            let epsilon: Double?
        }
        let backdoors: [LaboratoryAttack] = [.backdoor, .scaledBackdoor]
        var regimes = backdoors.map { Regime(attack: $0, heterogeneity: nil, malicious: 3, epsilon: nil) }
        regimes += backdoors.map { Regime(attack: $0, heterogeneity: 0.5, malicious: 2, epsilon: nil) }
        regimes += backdoors.map { Regime(attack: $0, heterogeneity: 0.5, malicious: 3, epsilon: nil) }
        regimes += [
            Regime(attack: .none, heterogeneity: nil, malicious: 0, epsilon: nil),
            Regime(attack: .none, heterogeneity: 0.5, malicious: 0, epsilon: nil),
            Regime(attack: .backdoor, heterogeneity: 0.2, malicious: 2, epsilon: nil),
            Regime(attack: .backdoor, heterogeneity: nil, malicious: 4, epsilon: nil),
            Regime(attack: .backdoor, heterogeneity: 0.5, malicious: 2, epsilon: 8),
            Regime(attack: .none, heterogeneity: 0.5, malicious: 0, epsilon: 8),
        ]
        return regimes.flatMap { regime in
            (0..<10).flatMap { offset in
                [LaboratoryDefence.contract, .ensemble, .everything].map {
                    LaboratoryScenario(
                        attack: regime.attack, defence: $0, heterogeneity: regime.heterogeneity,
                        malicious: regime.malicious, epsilon: regime.epsilon, seed: seed + UInt64(offset))
                }
            }
        }
    }

    private func full(_ seed: UInt64) -> [LaboratoryScenario] {
        let divisions: [Double?] = [nil, 1, 0.5, 0.2]
        let privacies: [Double?] = [nil, 8, 3]
        var seen = Set<LaboratoryScenario>()
        var all: [LaboratoryScenario] = []
        for epsilon in privacies {
            for division in divisions {
                for attack in LaboratoryAttack.allCases {
                    for malicious in 1...4 {
                        for offset in 0..<3 {
                            for defence in [LaboratoryDefence.contract, .ensemble, .everything] {
                                let scenario = LaboratoryScenario(
                                    attack: attack, defence: defence, heterogeneity: division, malicious: malicious,
                                    epsilon: epsilon, seed: seed + UInt64(offset))
                                if seen.insert(scenario).inserted { all.append(scenario) }
                            }
                        }
                    }
                }
            }
        }
        return all
    }
}
