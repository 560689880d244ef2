import Federation
import Ledger

/// What of a party survives its death: each write is whole and durable when it returns.
struct SwarmDisk: ChunkSource {
    var snapshot: [UInt8]?
    private(set) var journal: [(milliseconds: UInt64, bytes: [UInt8])] = []
    private(set) var ledger: [LedgerRecord] = []
    private(set) var chunks: [Digest: [UInt8]] = [:]
    /// Seeds of one-time recipient keys, by index; nil where erased.
    var recipientSeeds: [[UInt8]?]
    /// Rounds whose journal key is there: without it a journalled contribution cannot be read.
    var roundKeys: Set<UInt32> = []

    /// Two histories, or a chunk that was never kept.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    init(recipientSeeds: [[UInt8]] = []) { self.recipientSeeds = recipientSeeds }

    mutating func append(_ bytes: [UInt8], at milliseconds: UInt64) { journal.append((milliseconds, bytes)) }

    /// A crash in the middle of the last write to the journal.
    mutating func tearJournal() { journal.removeLast() }

    mutating func compact(to snapshot: [UInt8]) {
        self.snapshot = snapshot
        journal = []
    }

    /// Records that are here already must be the same; the rest is appended.
    mutating func adopt(_ records: some Collection<LedgerRecord>) throws(Failure) {
        for record in records {
            let index = Int(record.index)
            if index < ledger.count {
                guard ledger[index] == record else {
                    throw Failure(description: "entry \(index) on the disk is another than the one of the replay")
                }
            } else {
                ledger.append(record)
            }
        }
    }

    mutating func keep(_ chunk: [UInt8]) { chunks[chunkDigest(chunk)] = chunk }

    mutating func forgetChunks(except kept: Set<Digest> = []) { chunks = chunks.filter { kept.contains($0.key) } }

    func chunk(_ name: Digest) throws -> [UInt8] {
        guard let chunk = chunks[name] else { throw Failure(description: "chunk \(name.hex) is not here") }
        return chunk
    }
}
