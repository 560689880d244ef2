import DifferentialPrivacy
package import Federation
import Foundation
import SQLiteStorage

/// A federation that this hospital was, or is, a member of: what it has of it itself.
package struct FormerFederation: Sendable {
    package let agreement: Agreement
    package let ledger: EndedLedger

    package init(agreement: Agreement, ledger: EndedLedger) {
        self.agreement = agreement
        self.ledger = ledger
    }

    /// The agreement and the ledger of a party's directory, or of one of its archived federations; nil where there is
    /// no agreement in force or no round was opened.
    ///
    /// - Throws: `SetupError`, `FederationError`, `StorageError` for files that were altered.
    init?(directory: String) throws {
        guard let signed = try AgreementFiles(directory: directory).read(), signed.isInForce else { return nil }
        let path = NodeFiles(directory: directory).ledgerDirectory
        guard Files.exists(path) else { return nil }
        let records = try LedgerAudit.storedRecords(directory: path)
        guard !records.isEmpty else { return nil }
        self.init(agreement: signed.agreement, ledger: try EndedLedger(records, of: signed.agreement))
    }

    /// What a hospital may have released in it: every round that was opened counts, whatever became of it.
    var releases: PrivacyEvent? {
        guard let terms = agreement.privacy, ledger.openedRounds > 0 else { return nil }
        return .selfComposed(count: ledger.openedRounds, terms.roundEvent)
    }
}
