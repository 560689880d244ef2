extension RunSummary {
    /// What the run came to, in a few plain sentences.
    var inOneSentence: String {
        var parts = [
            "\(Figures.plural(federation.hospitals, "hospital")) trained a \(model.kind) model together in "
                + "\(federation.roundsPublished) of \(federation.roundsPlanned) rounds: test accuracy "
                + "\(Figures.percent(metrics.accuracy)), AUC \(Figures.decimal(metrics.auc))."
        ]
        if let privacy {
            parts.append(
                "Each \(privacy.unit) is protected by differential privacy at ε = \(Figures.compact(privacy.epsilon)).")
        }
        if let attack { parts.append(attack.inOneSentence) }
        let failed = ledger.verification.filter { !$0.isOk }
        if ledger.verification.isEmpty {
            parts.append("The ledger was not replayed.")
        } else if failed.isEmpty {
            parts.append("The ledger verifies.")
        } else {
            parts.append("THE LEDGER DOES NOT VERIFY: \(failed.map(\.check).joined(separator: "; ")).")
        }
        return parts.joined(separator: " ")
    }
}

extension RunSummary.Attack {
    /// Who attacked, and how often it was named.
    var inOneSentence: String {
        let who = attackers.isEmpty ? "The coordinator" : attackers.joined(separator: ", ")
        return "\(who) attacked (\(name)) and was named in \(roundsDetected) of \(roundsAttacked) attacked rounds."
    }
}
