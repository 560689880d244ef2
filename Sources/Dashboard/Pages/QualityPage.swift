/// How good the model is, as far as a summary beside the ledger tells.
struct QualityPage {
    /// Sections of HTML from the report.
    let sections: String?
    /// Why there are none.
    let reason: String?

    /// - Parameter quality: draws the sections.
    init(_ snapshot: LedgerSnapshot, drawn quality: (LedgerSnapshot) -> String?) {
        sections = quality(snapshot)
        switch snapshot.summary {
        case .found: reason = nil
        case .refused(let why): reason = "\(why.prefix(1).uppercased())\(why.dropFirst())."
        case .none:
            reason =
                "The ledger holds digests of models, not how good they are. There is no summary.json beside it: a "
                + "simulated run writes one when it ends; in a real federation each hospital measures for itself."
        }
    }
}
