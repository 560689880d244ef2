/// Which hospital was in the sum of which round, and why not.
struct VerdictTimeline {
    let summary: RunSummary

    private enum Cell {
        case accepted, excluded(String), absent, abandoned, rolledBack, unknown

        var mark: (className: String, symbol: String, words: String) {
            switch self {
            case .accepted: ("accepted", "●", "accepted")
            case .excluded(let reason): ("excluded", "✕", "excluded, \(reason)")
            case .absent: ("absent", "–", "absent")
            case .abandoned: ("abandoned", "○", "round abandoned")
            case .rolledBack: ("rolledback", "↺", "accepted, round rolled back")
            case .unknown: ("absent", "–", "no part in the round")
            }
        }
    }

    private func cell(_ hospital: String, _ round: RunSummary.Round) -> Cell {
        if let exclusion = round.exclusions.first(where: { $0.hospital == hospital }) {
            return .excluded(exclusion.reason)
        }
        if round.absent.contains(hospital) { return .absent }
        switch round.outcome {
        case .abandoned: return .abandoned
        case .rolledBack: return round.accepted.contains(hospital) ? .rolledBack : .unknown
        case .published: return round.accepted.contains(hospital) ? .accepted : .unknown
        }
    }

    var html: HTML {
        guard !summary.rounds.isEmpty else { return .empty }
        let heads: [HTML] = summary.rounds.map { "<th scope=\"col\">\($0.number)</th>" }
        let rows: [HTML] = summary.perHospital.map { hospital in
            let cells: [HTML] = summary.rounds.map { round in
                let mark = cell(hospital.name, round).mark
                return """
                    <td class="\(mark.className)" title="\(hospital.name), round \(round.number): \(mark.words)">\
                    <span aria-hidden="true">\(mark.symbol)</span><span class="hidden">\(mark.words)</span></td>
                    """
            }
            let badge: HTML = hospital.isMalicious ? " <span class=\"badge\">attacker</span>" : .empty
            return "<tr><th scope=\"row\">\(hospital.name)\(badge)</th>\(cells)</tr>\n"
        }
        let legend: [HTML] = [Cell.accepted, .excluded("by a rule"), .absent, .abandoned, .rolledBack].map {
            """
            <li class="\($0.mark.className)"><span aria-hidden="true">\($0.mark.symbol)</span> \($0.mark.words)</li>

            """
        }
        let grid: HTML = """
            <div class="scroll" role="region" aria-label="Verdicts" tabindex="0"><table class="timeline">\
            <caption class="hidden">Verdicts by hospital and round</caption><thead><tr>\
            <th scope="col">Hospital</th>\(heads)</tr></thead><tbody>
            \(rows)</tbody></table></div><ul class="legend">\(legend)</ul>
            """
        let hasAttacker = summary.perHospital.contains(where: \.isMalicious)
        return ReportElements.section(
            "verdicts", "Who was in the sum",
            ReportElements.figure(
                "Verdicts by round, as the hospitals signed them"
                    + (hasAttacker ? "; the badge is the simulator's truth, which no hospital knew." : "."), grid)
                + "\(defence)\(reasons)\(endings)")
    }

    private var defence: HTML {
        let defence = summary.defence
        return defence.isOn
            ? "<p>Rules, in the order in which they decide: \(defence.rules.joined(separator: ", ")).</p>\n"
            : "<p><strong>Poisoning detection was off: no rule could exclude anybody.</strong></p>\n"
    }

    /// Each reason once, with the rounds and the figures of the first.
    private var reasons: HTML {
        var groups: [(hospital: String, reason: String, rounds: [Int], detail: String)] = []
        for round in summary.rounds {
            for exclusion in round.exclusions {
                let known = groups.firstIndex { $0.hospital == exclusion.hospital && $0.reason == exclusion.reason }
                if let known {
                    groups[known].rounds.append(round.number)
                } else {
                    groups.append((exclusion.hospital, exclusion.reason, [round.number], exclusion.detail))
                }
            }
        }
        guard !groups.isEmpty else { return "<p>No hospital was excluded.</p>\n" }
        return ReportElements.table(
            "Exclusions", head: ["Excluded", "Reason", "Rounds", "Figures of the first"],
            rows: groups.map {
                ["\($0.hospital)", "<code>\($0.reason)</code>", "\(Figures.ranges($0.rounds))", "\($0.detail)"]
            }, className: "words")
    }

    private var endings: HTML {
        let failed = summary.rounds.filter { $0.outcome != .published }
        guard !failed.isEmpty else { return .empty }
        let items: [HTML] = failed.map {
            "<li>Round \($0.number) was \($0.outcome.words)\($0.reason.map { ": " + $0 } ?? "").</li>"
        }
        return "<ul>\(items)</ul>\n"
    }
}
