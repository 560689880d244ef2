/// The handful of numbers that a reader looks for first.
struct KeyFigures {
    let summary: RunSummary

    private var figures: [(value: String, name: String, note: String)] {
        let metrics = summary.metrics
        let federation = summary.federation
        var figures = [
            (
                Figures.percent(metrics.accuracy), "test accuracy",
                "balanced \(Figures.percent(metrics.balancedAccuracy))"
            ),
            (Figures.decimal(metrics.auc), "AUC", "F1 \(Figures.decimal(metrics.f1))"),
            (
                "\(federation.roundsPublished)/\(federation.roundsPlanned)", "rounds published",
                "\(federation.roundsAbandoned) abandoned, \(federation.roundsRolledBack) rolled back"
            ),
        ]
        if let privacy = summary.privacy {
            figures.append(
                (
                    "ε " + Figures.compact(privacy.epsilon, digits: 3), "a \(privacy.unit)",
                    "δ " + Figures.compact(privacy.delta, digits: 2)
                ))
        } else {
            figures.append(("none", "differential privacy", "models may reveal training patients"))
        }
        figures.append(
            (
                Figures.percent(summary.protocolShare), "spent on protection",
                "of the time: cryptography, ledger, protocol"
            ))
        let bits = summary.encryption.quantumSecurityBits
        figures.append((Figures.compact(bits, digits: 3), "bits against quantum", summary.encryption.name))
        return figures
    }

    var html: HTML {
        let items: [HTML] = figures.map {
            "<div><dt>\($0.name)</dt><dd><b>\($0.value)</b><span>\($0.note)</span></dd></div>\n"
        }
        return "<section aria-label=\"Key figures\"><dl class=\"key\">\(items)</dl></section>\n"
    }
}
