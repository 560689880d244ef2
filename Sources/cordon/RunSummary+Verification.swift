import Report
import SQLiteStorage

extension RunSummary {
    /// The summary with what an offline replay of its ledger said.
    func verified(by audit: AuditReport) -> RunSummary {
        var summary = self
        summary.ledger.verification =
            audit.findings.map { Check(check: $0.place, isOk: false, detail: $0.message) }
            + audit.proved.map { Check(check: "proved", isOk: true, detail: $0) }
        summary.warnings += audit.notProved.map { "Not proved by the ledger: \($0)" }
        return summary
    }
}
