import Ledger
import Operations

/// What the ledger counts, for Prometheus: computed anew at each scrape, so that nothing can drift.
enum LedgerMetrics {
    private static let families: [MetricFamily] = [
        .gauge("cordon_ledger_healthy", "1 while the ledger holds as far as it was read, else 0."),
        .gauge("cordon_ledger_entries", "Entries that the contract accepted."),
        .gauge("cordon_ledger_checkpoint_entries", "Entries under the latest signed checkpoint."),
        .gauge("cordon_open_round", "Number of the open round; 0 while none is open."),
        .gauge("cordon_open_round_phase", "1 for the phase that the open round is in."),
        .counter("cordon_rounds_total", "Rounds that ended, by outcome."),
        .counter("cordon_participations_total", "Hospitals' parts in ended rounds, by what became of them."),
        .gauge("cordon_epsilon_budget", "Budget of a patient."),
        .gauge("cordon_epsilon_spent", "What of it is spent, by hospital."),
        .histogram(
            "cordon_round_seconds", "From the opening of a round to its end, by the ledger's clock.",
            bounds: [1, 10, 60, 600, 3_600, 21_600, 86_400, 604_800]),
    ]

    static func registry(of snapshot: LedgerSnapshot) -> MetricsRegistry {
        var metrics = MetricsRegistry(families)
        metrics.set("cordon_ledger_healthy", to: snapshot.problem == nil ? 1 : 0)
        metrics.set("cordon_ledger_entries", to: Double(snapshot.entries.count))
        metrics.set("cordon_ledger_checkpoint_entries", to: Double(snapshot.checkpoint?.size ?? 0))
        guard let contract = snapshot.log?.contract, let foundation = snapshot.foundation else { return metrics }
        metrics.set("cordon_open_round", to: Double(contract.openRound?.number ?? 0))
        for phase in RoundPhase.allCases {
            metrics.set(
                "cordon_open_round_phase", to: contract.openRound?.phase == phase ? 1 : 0,
                labels: ["phase": phase.name])
        }
        metrics.set("cordon_epsilon_budget", to: Double(foundation.epsilonBudgetMicros) / 1e6)
        for (member, name) in snapshot.names.enumerated() {
            let spent = Double(contract.spent[member] ?? 0) / 1e6
            metrics.set("cordon_epsilon_spent", to: spent, labels: ["hospital": name])
            for round in contract.endedRounds {
                let standing = Participation(of: member, in: round).mark.className
                metrics.add(to: "cordon_participations_total", labels: ["hospital": name, "standing": standing])
            }
        }
        addRounds(of: snapshot, contract, to: &metrics)
        return metrics
    }

    private static func addRounds(
        of snapshot: LedgerSnapshot, _ contract: FederationContract, to metrics: inout MetricsRegistry
    ) {
        for round in contract.endedRounds {
            let outcome =
                switch round.ending {
                case .published: "published"
                case .rolledBack: "rolled back"
                case .abandoned, nil: "abandoned"
                }
            metrics.add(to: "cordon_rounds_total", labels: ["outcome": outcome])
        }
        var opened: [UInt32: UInt64] = [:]
        for (entry, record) in zip(snapshot.entries, snapshot.records) {
            switch entry {
            case .open(let open): opened[open.round] = record.timestampMilliseconds
            case .publish(let round, _, _), .rollback(let round, _, _), .abandon(let round, _, _):
                guard let start = opened[round] else { continue }
                metrics.observe(Double(record.timestampMilliseconds - start) / 1000, in: "cordon_round_seconds")
            default: continue
            }
        }
    }
}
