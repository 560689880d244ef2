package import Foundation
package import Ledger
package import Report

/// What the pages are drawn from: a ledger as far as it was read and executed again, and what is wrong with it.
package struct LedgerSnapshot: Sendable {
    /// The records that the contract accepted, from entry 0; nil before there is a foundation whose agreement is known.
    package internal(set) var log: TransparencyLog?
    /// The entries of `log.records`, decoded.
    package internal(set) var entries: [LedgerEntry] = []
    /// The latest signed checkpoint that these records have the root of.
    package internal(set) var checkpoint: Checkpoint?
    /// Why the ledger, or the rest of it, cannot be shown; nil while all is well.
    package internal(set) var problem: String?
    package internal(set) var isSealed = false
    package internal(set) var summary = Summary.none
    package internal(set) var readAt: Date

    /// `summary.json`, which only a simulated run has.
    package enum Summary: Sendable {
        case none
        /// Found, and not to be shown: why.
        case refused(String)
        /// Its ledger is this ledger.
        case found(RunSummary)
    }

    package init(readAt: Date) { self.readAt = readAt }

    /// Another text whenever another page would be drawn.
    package var version: String {
        var parts = [log?.merkle.root.hex ?? "", checkpoint?.root.hex ?? "", problem ?? "", "\(isSealed)"]
        switch summary {
        case .none: parts.append("")
        case .refused(let reason): parts.append(reason)
        case .found(let summary): parts.append(summary.ledger.root)
        }
        let text = Array(parts.joined(separator: "\n").utf8)
        return String(Digest.of(text, domain: "cordon/dashboard/v1").hex.prefix(16))
    }

    package var foundation: FederationFoundation? { log?.contract.foundation }

    /// The accepted records, one for each of `entries`.
    var records: [LedgerRecord] { log?.records ?? [] }

    var names: [String] { foundation?.members.map(\.name) ?? [] }

    func name(of member: Int) -> String {
        names.indices.contains(member) ? names[member] : "member \(member)"
    }

    func name(of author: Author) -> String {
        switch author {
        case .coordinator: "coordinator"
        case .member(let index): name(of: index)
        }
    }

    /// Every round, oldest first, the open one last.
    var rounds: [RoundState] {
        guard let contract = log?.contract else { return [] }
        return contract.endedRounds + (contract.openRound.map { [$0] } ?? [])
    }
}
