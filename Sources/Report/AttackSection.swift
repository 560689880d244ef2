/// What the simulated attacker wanted and how far it came.
struct AttackSection {
    let summary: RunSummary

    var html: HTML {
        guard let attack = summary.attack else { return .empty }
        let who = attack.attackers.isEmpty ? "the coordinator" : attack.attackers.joined(separator: ", ")
        var facts: [(name: String, value: HTML)] = [
            ("Attacker", "\(who)"),
            ("Aim", "\(attack.aim)"),
            ("Named", "in \(attack.roundsDetected) of \(attack.roundsAttacked) attacked rounds"),
        ]
        let rules: [HTML] = attack.detectedBy.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
            "<code>\($0.key)</code> in \(Figures.plural($0.value, "round"))<br/>"
        }
        if !rules.isEmpty { facts.append(("By rule", "\(rules)")) }
        facts.append(("Honest hospitals excluded", "\(Figures.plural(attack.honestExclusions, "time"))"))
        if let clean = attack.cleanAccuracy {
            facts.append(
                (
                    "Accuracy",
                    "\(Figures.percent(summary.metrics.accuracy)) under attack, \(Figures.percent(clean)) without it"
                ))
        }
        if let success = attack.backdoorSuccess {
            facts.append(("Triggered images with the attacker's label", meter(success)))
        }
        if let excess = attack.excessBackdoorSuccess {
            facts.append(("Right when clean, wrong with the trigger", meter(excess)))
        }
        return ReportElements.section(
            "attack", "The attack: \(attack.name)",
            "<p>Defence \(summary.defence.isOn ? "on" : "OFF").</p>\(ReportElements.facts(facts))")
    }

    private func meter(_ share: Double) -> HTML {
        """
        \(Figures.percent(share)) <span class="meter alarm" aria-hidden="true"><span style="width:\
        \(Svg.number(min(max(share, 0), 1) * 100))%"></span></span>
        """
    }
}
