import ArgumentParser
import Foundation
import Ledger
import SQLiteStorage

/// `cordon ledger show`: the entries, one a line.
struct LedgerShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "List the entries of a ledger.",
        discussion: "Shows what is stored; `cordon ledger verify` says whether it holds.")

    @Argument(help: ArgumentHelp("The ledger's directory.", valueName: "directory"))
    var directory: String

    @Option(help: ArgumentHelp("Only entries of this round.", valueName: "number"))
    var round: UInt32?

    @Flag(help: "Print whole entries as JSON, one a line.")
    var json = false

    func run() throws {
        let records = try LedgerAudit.storedRecords(directory: directory)
        var names: [String] = []
        for record in records {
            let entry = try record.entry()
            if case .foundation(let foundation) = entry { names = foundation.members.map(\.name) }
            if let round, entry.round != round { continue }
            StandardStreams.write(try json ? jsonLine(record, entry) : line(record, entry, names), to: .standardOutput)
        }
    }

    private func jsonLine(_ record: LedgerRecord, _ entry: LedgerEntry) throws -> String {
        struct Line: Encodable {
            let index: UInt64
            let timestampMilliseconds: UInt64
            let author: String
            let entry: LedgerEntry
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = Line(
            index: record.index, timestampMilliseconds: record.timestampMilliseconds,
            author: record.author.description, entry: entry)
        return String(decoding: try encoder.encode(line), as: UTF8.self) + "\n"
    }

    private func line(_ record: LedgerRecord, _ entry: LedgerEntry, _ names: [String]) -> String {
        let author: String
        switch record.author {
        case .coordinator: author = "coordinator"
        case .member(let index): author = names.indices.contains(index) ? names[index] : "member \(index)"
        }
        let time = Date(timeIntervalSince1970: Double(record.timestampMilliseconds) / 1000).ISO8601Format()
        let number = String(record.index)
        let padding = String(repeating: " ", count: max(0, 6 - number.count))
        return "\(padding)\(number)  \(time)  \(author.padding(toLength: 14, withPad: " ", startingAt: 0)) "
            + "\(entry.summary(names: names))\n"
    }
}

extension LedgerEntry {
    /// The entry in a few words.
    fileprivate func summary(names: [String]) -> String {
        func name(_ member: Int) -> String { names.indices.contains(member) ? names[member] : "member \(member)" }
        let prefix = round.map { "round \($0): " } ?? ""
        switch self {
        case .foundation(let foundation):
            return "founds \(foundation.name), \(foundation.members.count) hospitals, t = \(foundation.threshold)"
        case .recipientKeys(let first, let keys): return "posts one-time keys \(first)…\(Int(first) + keys.count - 1)"
        case .open(let open): return prefix + "opens on model \(open.parentModel.hex.prefix(12))"
        case .commit(let commitment): return prefix + "commits ciphertext \(commitment.ciphertextRoot.hex.prefix(12))"
        case .close: return prefix + "closes the set of commitments"
        case .reveal: return prefix + "reveals its nonce"
        case .complaint(_, let dealer): return prefix + "complains of \(name(dealer))"
        case .justification(_, let recipient, _): return prefix + "publishes the share of \(name(recipient))"
        case .nonceOpening(_, let owner, _): return prefix + "opens the nonce of \(name(owner))"
        case .beacon: return prefix + "draws the beacon"
        case .sketch: return prefix + "posts the opened sketches"
        case .contest(_, let helper, _, _): return prefix + "contests the answer of \(name(helper))"
        case .verdict(let verdict):
            let out = verdict.exclusions.map { "\(name($0.member)) (\($0.reason))" }.joined(separator: ", ")
            return prefix + "\(verdict.accepted.count) accepted"
                + (out.isEmpty ? "" : ", excluded: \(out)") + ", \(verdict.signatures.count) signatures"
        case .sum: return prefix + "posts the opened sum"
        case .report(_, let blocks, let agrees, _):
            return prefix + (agrees ? "confirms" : "REFUTES")
                + " blocks \(blocks.map(String.init).joined(separator: ", "))"
        case .vote(_, _, let approve): return prefix + (approve ? "approves" : "refuses") + " the candidate"
        case .publish(_, let model, _): return prefix + "publishes model \(model.hex.prefix(12))"
        case .rollback(_, let reason, let accused):
            return prefix + "rolled back: \(reason)" + (accused.map { ", accused: \($0)" } ?? "")
        case .abandon(_, let phase, let reason): return prefix + "abandoned in phase \(phase): \(reason)"
        }
    }
}
