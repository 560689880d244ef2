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
