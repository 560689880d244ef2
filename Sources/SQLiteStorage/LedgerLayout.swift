/// Where the parts of a stored ledger lie.
struct LedgerLayout {
    let directory: String

    static let databaseName = "ledger.sqlite"
    static let checkpointName = "checkpoint"
    static let sealName = "ledger.seal"
    static let agreementName = "agreement.json"

    var database: String { directory + "/" + LedgerLayout.databaseName }
    var checkpoint: String { directory + "/" + LedgerLayout.checkpointName }
    var agreement: String { directory + "/" + LedgerLayout.agreementName }
    var seal: String { directory + "/" + LedgerLayout.sealName }
}
