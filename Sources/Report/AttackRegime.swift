/// The runs of one attack, setting and defence, which differ by their seeds alone.
package struct AttackRegime: Sendable {
    package let attack: String
    /// Division, share of malicious hospitals and privacy, in words.
    package let setting: String
    package let defence: String
    package let runs: [AttackRun]

    /// Regimes in the order in which their first runs stand.
    package static func all(of runs: [AttackRun]) -> [AttackRegime] {
        var order: [[String]] = []
        var groups: [[String]: [AttackRun]] = [:]
        for run in runs {
            let key = [run.attack, setting(of: run), run.defence]
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(run)
        }
        return order.map { key in
            AttackRegime(attack: key[0], setting: key[1], defence: key[2], runs: groups[key] ?? [])
        }
    }

    /// Mean over the runs that have the figure.
    package func mean(_ figure: (AttackRun) -> Double?) -> Double? {
        let values = runs.compactMap(figure)
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    private static func setting(of run: AttackRun) -> String {
        let division = run.heterogeneity.map { "Dirichlet \(Figures.compact($0))" } ?? "equal split"
        let privacy = run.epsilon.map { ", ε = \(Figures.compact($0))" } ?? ""
        let malicious = run.attack == "none" ? "no attack" : "\(run.malicious) of \(run.hospitals) malicious"
        return "\(division), \(malicious)\(privacy)"
    }
}
