package import Ledger

/// An event of the coordinator as its journal keeps it (Decision 0014). Its work reads no generator, so a result is
/// kept as the number of its job and computed again in a replay.
package enum CoordinatorJournalEntry: Sendable, Hashable {
    case started
    case woke
    case received([UInt8])
    case fetched([Digest], from: Int)
    case recomputed(job: UInt64)

    private enum Kind: UInt8 {
        case started = 1, woke, received, fetched, recomputed
    }

    package var bytes: [UInt8] {
        var writer = ByteWriter()
        switch self {
        case .started: writer.append(Kind.started.rawValue)
        case .woke: writer.append(Kind.woke.rawValue)
        case .received(let envelope):
            writer.append(Kind.received.rawValue)
            writer.append(counted: envelope)
        case .fetched(let names, let member):
            writer.append(Kind.fetched.rawValue)
            writer.append(member: member)
            writer.append(list: names) { $0.append($1) }
        case .recomputed(let job):
            writer.append(Kind.recomputed.rawValue)
            writer.append(job)
        }
        return writer.bytes
    }

    /// - Throws: `LedgerError` for bytes that are no entry.
    package init(bytes: [UInt8]) throws {
        var reader = ByteReader(bytes)
        guard let kind = Kind(rawValue: try reader.readUInt8()) else {
            throw LedgerError(.malformed, "a coordinator's journal has no such entry")
        }
        switch kind {
        case .started: self = .started
        case .woke: self = .woke
        case .received: self = .received(try reader.readCounted(limit: .max))
        case .fetched:
            let member = try reader.readMember()
            let names = try reader.readList(limit: Limits.listElementsMax) { (reader) throws(LedgerError) in
                try reader.readDigest()
            }
            self = .fetched(names, from: member)
        case .recomputed: self = .recomputed(job: try reader.readUInt64())
        }
        try reader.finish()
    }
}
