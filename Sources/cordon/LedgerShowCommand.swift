import ArgumentParser
import Foundation
import Ledger
import Report
import SQLiteStorage

/// `cordon ledger show`: the entries, one a line.
struct LedgerShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "List the entries of a ledger.",
        discussion: """
            Shows what is stored; `cordon ledger verify` says whether it holds.

            EXAMPLES
              cordon ledger show run/ledger --round 3
              cordon ledger show run/ledger --html > ledger.html
            """)

    @Argument(help: ArgumentHelp("The ledger's directory.", valueName: "directory"))
    var directory: String

    @Option(help: ArgumentHelp("Only entries of this round.", valueName: "number"))
    var round: UInt32?

    @Flag(help: "Print whole entries as JSON, one a line.")
    var json = false

    @Flag(help: "Print one page of HTML that loads nothing, a section a round.")
    var html = false

    func validate() throws {
        guard !(json && html) else { throw ValidationError("--json and --html: give one of them") }
    }

    func run() throws {
        let records = try LedgerAudit.storedRecords(directory: directory)
        var names: [String] = []
        var federation = ""
        var entries: [LedgerPageEntry] = []
        for record in records {
            let entry = try record.entry()
            if case .foundation(let foundation) = entry {
                names = foundation.members.map(\.name)
                federation = foundation.name
            }
            if let round, entry.round != round { continue }
            if html {
                entries.append(
                    LedgerPageEntry(
                        index: record.index, time: time(of: record), author: author(of: record, names),
                        round: entry.round, summary: entry.summary(names: names), leafHash: record.leafHash.hex))
            } else {
                StandardStreams.write(
                    try json ? jsonLine(record, entry) : line(record, entry, names), to: .standardOutput)
            }
        }
        if html {
            StandardStreams.write(
                renderLedgerPage(federation: federation, entries: entries), to: .standardOutput)
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

    private func author(of record: LedgerRecord, _ names: [String]) -> String {
        switch record.author {
        case .coordinator: "coordinator"
        case .member(let index): names.indices.contains(index) ? names[index] : "member \(index)"
        }
    }

    private func time(of record: LedgerRecord) -> String {
        Date(timeIntervalSince1970: Double(record.timestampMilliseconds) / 1000).ISO8601Format()
    }

    private func line(_ record: LedgerRecord, _ entry: LedgerEntry, _ names: [String]) -> String {
        let number = String(record.index)
        let padding = String(repeating: " ", count: max(0, 6 - number.count))
        let author = author(of: record, names).padding(toLength: 14, withPad: " ", startingAt: 0)
        return "\(padding)\(number)  \(time(of: record))  \(author) \(entry.summary(names: names))\n"
    }
}
