import Report

/// How good the model is, as far as a summary beside the ledger tells.
struct QualityPage {
    /// Sections of HTML from the report.
    let sections: String?
    /// Why there are none.
    let reason: String?

    init(_ snapshot: LedgerSnapshot) {
        switch snapshot.summary {
        case .found(let summary):
            sections = PageParts.modelQuality(summary)
            reason = nil
        case .refused(let why):
            sections = nil
            reason = "\(why.prefix(1).uppercased())\(why.dropFirst())."
        case .none:
            sections = nil
            reason =
                "The ledger holds digests of models, not how good they are. There is no summary.json beside it: a "
                + "simulated run writes one when it ends; in a real federation each hospital measures for itself."
        }
    }
}
