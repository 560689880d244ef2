import Foundation
import Ledger
import Testing

@testable import SQLiteStorage

@Suite("Event journal")
struct EventJournalTests {
    private let federation = Digest.sha256([1])

    private func withDirectory(_ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("journal-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    private func events(_ journal: EventJournal) throws -> [EventJournal.Event] {
        var events: [EventJournal.Event] = []
        try journal.replay { events.append($0) }
        return events
    }

    @Test func eventsComeBackInOrderAndASnapshotTakesTheirPlace() throws {
        try withDirectory { directory in
            let path = directory + "/journal.sqlite"
            let given = (0..<20).map { EventJournal.Event(milliseconds: UInt64(1000 + $0), bytes: [UInt8($0), 7]) }
            do {
                let journal = try EventJournal(path: path, federation: federation, party: "north")
                for event in given { try journal.append(event) }
                try journal.close()
            }
            let journal = try EventJournal(path: path, federation: federation, party: "north")
            #expect(try events(journal) == given)
            #expect(try journal.snapshot() == nil)
            try journal.compact(to: [1, 2, 3])
            #expect(try events(journal).isEmpty)
            #expect(try journal.snapshot() == [1, 2, 3])
            try journal.append(given[3])
            #expect(try events(journal) == [given[3]])
            try journal.close()
        }
    }

    /// What was deleted is nowhere in the file.
    @Test func deletedEventsAreOverwritten() throws {
        try withDirectory { directory in
            let path = directory + "/journal.sqlite"
            let secret = Array("a secret that stands nowhere else".utf8)
            let journal = try EventJournal(path: path, federation: federation, party: "north")
            for index in 0..<50 {
                try journal.append(.init(milliseconds: 1, bytes: secret + [UInt8(index)]))
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)).range(of: Data(secret)) != nil)
            try journal.compact(to: [9])
            try journal.close()
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)).range(of: Data(secret)) == nil)
        }
    }

    @Test func anotherPartysJournalIsRefused() throws {
        try withDirectory { directory in
            let path = directory + "/journal.sqlite"
            try EventJournal(path: path, federation: federation, party: "north").close()
            #expect(throws: StorageError.self) {
                try EventJournal(path: path, federation: federation, party: "south")
            }
            #expect(throws: StorageError.self) {
                try EventJournal(path: path, federation: Digest.sha256([2]), party: "north")
            }
        }
    }

    @Test func secretsAreReadableByTheirOwnerOnlyAndOverwritten() throws {
        try withDirectory { directory in
            let files = try SecretFiles(directory: directory + "/secrets")
            try files.keep([1, 2, 3], as: "one.key")
            #expect(try files.secret("one.key") == [1, 2, 3])
            #expect(throws: StorageError.self) { try files.keep([4], as: "one.key") }
            let path = directory + "/secrets/one.key"
            let link = directory + "/link"
            try FileManager.default.linkItem(atPath: path, toPath: link)
            try files.erase("one.key")
            #expect(!files.has("one.key"))
            // The other name of the same file shows what became of its bytes.
            #expect(try Data(contentsOf: URL(fileURLWithPath: link)) == Data([0, 0, 0]))
            try files.keep([5], as: "two.key")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o644], ofItemAtPath: directory + "/secrets/two.key")
            let error = #expect(throws: StorageError.self) { try files.secret("two.key") }
            #expect(error?.message.contains("chmod 600") == true)
        }
    }
}
