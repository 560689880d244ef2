/// Seconds and bytes, by kind of work and by phase of a round.
struct CostSection {
    let summary: RunSummary

    var html: HTML {
        let figures =
            ReportElements.figure(
                "Wall-clock time of the run, \(Figures.seconds(summary.timing.totalSeconds)) in all.",
                StackedBar(label: "Seconds by kind of work", parts: work).html)
            + ReportElements.figure(
                "Bytes sent, \(Figures.bytes(summary.bytes.totalBytes)) in all.",
                StackedBar(label: "Bytes by kind", parts: bytes).html)
            + phaseFigures
        return ReportElements.section(
            "cost", "What it costs",
            """
            <p>Cryptography, ledger and protocol together took \(Figures.percent(summary.protocolShare)) of the \
            time.</p><div class="pair">\(figures)</div>

            """)
    }

    private var work: [StackedBar.Part] {
        let timing = summary.timing
        var parts = [
            ("training", timing.trainingSeconds), ("evaluation", timing.evaluationSeconds),
            ("loading images", timing.loadingSeconds), ("encryption", timing.encryptionSeconds),
            ("openings and checks", timing.openingsSeconds), ("ledger", timing.ledgerSeconds),
        ]
        if let baselines = timing.baselinesSeconds { parts.append(("baselines", baselines)) }
        let other = timing.totalSeconds - parts.reduce(0) { $0 + $1.1 }
        if other > 0 { parts.append(("everything else", other)) }
        return parts.map { .init(name: $0.0, value: $0.1, text: Figures.seconds($0.1)) }
    }

    private var bytes: [StackedBar.Part] {
        let bytes = summary.bytes
        return [
            ("encrypted updates", bytes.ciphertextBytes), ("key shares", bytes.shareBytes),
            ("openings", bytes.openingBytes), ("ledger", bytes.ledgerBytes), ("models", bytes.modelBytes),
            ("other", bytes.otherBytes),
        ].map { .init(name: $0.0, value: Double($0.1), text: Figures.bytes($0.1)) }
    }

    private var phaseFigures: HTML {
        var seconds: [String: Double] = [:]
        var bytes: [String: Int] = [:]
        for round in summary.rounds {
            seconds.merge(round.secondsPerPhase, uniquingKeysWith: +)
            bytes.merge(round.bytesPerPhase, uniquingKeysWith: +)
        }
        guard !seconds.isEmpty || !bytes.isEmpty else { return .empty }
        let secondsBar = StackedBar(
            label: "Seconds by phase",
            parts: Self.ordered(seconds.keys).map {
                .init(name: $0, value: seconds[$0] ?? 0, text: Figures.seconds(seconds[$0] ?? 0))
            })
        let bytesBar = StackedBar(
            label: "Bytes by phase",
            parts: Self.ordered(bytes.keys).map {
                .init(name: $0, value: Double(bytes[$0] ?? 0), text: Figures.bytes(bytes[$0] ?? 0))
            })
        return ReportElements.figure("Seconds by phase of a round, summed over the rounds.", secondsBar.html)
            + ReportElements.figure("Bytes by phase of a round, summed over the rounds.", bytesBar.html)
    }

    /// Phases in the order of a round; others follow by name.
    private static func ordered(_ names: some Collection<String>) -> [String] {
        let order = [
            "open", "train", "commit", "close", "reveal", "beacon", "sketch", "verdict", "sum", "report", "check",
            "validate", "vote", "publish",
        ]
        return names.sorted { left, right in
            (order.firstIndex(of: left) ?? order.count, left) < (order.firstIndex(of: right) ?? order.count, right)
        }
    }
}
