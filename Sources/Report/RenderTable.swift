/// The run in a few lines for a terminal: a row a hospital, then what a reader looks for first.
package func renderTable(_ summary: RunSummary) -> String {
    let head = ["hospital", "patients", "images", "accepted", "excluded", "absent", "accuracy", "AUC", "ε"]
    let rows = summary.perHospital.map { hospital in
        [
            hospital.name + (hospital.isMalicious ? " (attacker)" : ""), "\(hospital.patientCount)",
            "\(hospital.imagesPerClass.reduce(0, +))", "\(hospital.roundsAccepted)", "\(hospital.roundsExcluded)",
            "\(hospital.roundsAbsent)", Figures.percent(hospital.validation?.accuracy),
            Figures.decimal(hospital.validation?.auc), Figures.decimal(hospital.epsilonSpent, digits: 2),
        ]
    }
    let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
    let lines = ([head] + rows).map { row in
        row.enumerated().map { column, cell in
            let padding = String(repeating: " ", count: widths[column] - cell.count)
            return column == 0 ? cell + padding : padding + cell
        }.joined(separator: "  ")
    }
    let rule = String(repeating: "─", count: lines.first?.count ?? 0)
    var text = [lines[0], rule] + lines.dropFirst() + ["", summary.inOneSentence]
    if let attack = summary.attack, let excess = attack.excessBackdoorSuccess {
        text.append("Right when clean, wrong with the trigger: \(Figures.percent(excess)).")
    }
    if let privacy = summary.privacy { text.append(privacy.statement) }
    text.append(
        "Cryptography, ledger and protocol took \(Figures.percent(summary.protocolShare)) of "
            + "\(Figures.seconds(summary.timing.totalSeconds)); \(Figures.bytes(summary.bytes.totalBytes)) were sent.")
    if let chain = summary.ledger.chain { text.append(chain.statement) }
    if summary.dataSet.isSynthetic { text.append(HeaderSection.syntheticBanner) }
    text += summary.warnings.map { "warning: \($0)" }
    return text.joined(separator: "\n") + "\n"
}
