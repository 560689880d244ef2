/// The final checkpoint and what an offline replay proved.
struct LedgerSection {
    let summary: RunSummary

    var html: HTML {
        let ledger = summary.ledger
        let checks: [HTML] = ledger.verification.map {
            """
            <li class="\($0.isOk ? "ok" : "failed")"><span class="tick">\
            <span aria-hidden="true">\($0.isOk ? "✓" : "✕")</span><span class="hidden">\
            \($0.isOk ? "holds: " : "FAILS: ")</span></span><span><b>\($0.check)</b> \($0.detail)</span></li>

            """
        }
        let chain: HTML = ledger.chain.map { "<p>\($0.statement)</p>" } ?? ""
        return ReportElements.section(
            "ledger", "The ledger",
            """
            <p>\(Figures.plural(ledger.size, "entry", many: "entries")) of log <code>\(ledger.origin)</code>, Merkle \
            root <code class="digest">\(ledger.root)</code>. Keep the checkpoint: against it, nobody can rewrite \
            this history unseen.</p>
            <pre tabindex="0" aria-label="Signed checkpoint">\(ledger.checkpoint)</pre>
            \(chain)
            <h3>Replayed offline</h3>
            <ul class="checks">\(checks)</ul>

            """)
    }
}
