import Federation
import FederationService
import Ledger
import Operations
import Synchronization

/// Counts what a node tells, for Prometheus.
final class NodeMetrics: Sendable {
    private let held: Mutex<MetricsRegistry>
    private let role: String

    init(role: String, members: Int) {
        self.role = role
        var registry = MetricsRegistry([
            .gauge("cordon_members", "Hospitals of the federation."),
            .gauge("cordon_round", "The round at hand."),
            .counter("cordon_rounds_ended_total", "Rounds that have ended, by outcome."),
            .counter("cordon_models_adopted_total", "Published models that this node adopted."),
            .counter("cordon_failures_reported_total", "Failures that the operator should see, by code."),
        ])
        registry.set("cordon_members", to: Double(members), labels: ["role": role])
        held = Mutex(registry)
    }

    var registry: MetricsRegistry { held.withLock { $0 } }

    func note(_ event: NodeEvent) {
        held.withLock { registry in
            switch event {
            case .opened(let round, _): registry.set("cordon_round", to: Double(round), labels: ["role": role])
            case .ended(_, let ending):
                let outcome =
                    switch ending {
                    case .published: "published"
                    case .rolledBack: "rolled_back"
                    case .abandoned: "abandoned"
                    }
                registry.add(to: "cordon_rounds_ended_total", labels: ["outcome": outcome])
            case .adopted: registry.add(to: "cordon_models_adopted_total")
            case .reported(let error):
                registry.add(to: "cordon_failures_reported_total", labels: ["code": error.code.rawValue])
            case .restored, .entered, .finished: break
            }
        }
    }
}
