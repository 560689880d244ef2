import EthereumLedger
import Federation
import Foundation
import Ledger
import SQLiteStorage

/// A stored ledger beside the chain that executed it too.
enum ChainVerification {
    private static let name = "chain.json"

    /// Keeps where the contract lies beside the ledger.
    static func keep(_ deployment: LedgerDeployment, in directory: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try Files.write([UInt8](try encoder.encode(deployment)) + [10], to: "\(directory)/\(name)")
    }

    /// Asks a node, and compares what it says with the ledger in `directory`.
    /// - Throws: `CommandFailure` where no contract belongs to the ledger, `ChainError` where the node cannot be asked.
    static func run(directory: String, rpc: String) throws -> ChainAudit {
        let path = "\(directory)/\(name)"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(.missingInput, "--rpc: \(path) does not exist, so no contract belongs to this ledger")
        }
        guard let deployment = try? JSONDecoder().decode(LedgerDeployment.self, from: data) else {
            throw CommandFailure(.badData, "\(path) does not say where the contract lies")
        }
        let records = try LedgerAudit.storedRecords(directory: directory)
        guard case .foundation(let foundation)? = try records.first?.entry() else {
            throw CommandFailure(.badData, "\(directory): the ledger has no foundation")
        }
        let agreement = try LedgerVerification.readAgreement(
            of: foundation, from: BlobDirectory(directory: directory))
        return try ChainAudit(
            of: deployment, on: try EthereumChain(HTTPTransport(url: rpc)), local: records,
            phaseMilliseconds: agreement.deadlines.phases, checks: try agreement.contractChecks)
    }
}

extension PhaseDeadlines {
    /// The seven phases in their order, in milliseconds.
    var phases: [UInt64] {
        [
            commitMilliseconds, revealMilliseconds, sketchMilliseconds, verdictMilliseconds, sumMilliseconds,
            reportMilliseconds, voteMilliseconds,
        ]
    }
}
