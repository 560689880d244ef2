package import Ledger

/// An event of a hospital as its journal keeps it (Decision 0014).
///
/// Results that follow from the journal itself are kept as the number of their job and computed again in a replay. A
/// contribution is kept whole, sealed by whoever keeps the journal; a vote as its bit.
package enum HospitalJournalEntry: Sendable, Hashable {
    case started
    case woke
    /// An envelope's bytes; its signature is checked again in a replay.
    case received([UInt8])
    case fetched([Digest])
    case contributed(job: UInt64, round: UInt32, sealed: [UInt8])
    case trainingFailed(job: UInt64, round: UInt32, message: String)
    case validated(job: UInt64, round: UInt32, approved: Bool)
    case recomputed(job: UInt64)

    private enum Kind: UInt8 {
        case started = 1, woke, received, fetched, contributed, trainingFailed, validated, recomputed
    }

    package var bytes: [UInt8] {
        var writer = ByteWriter()
        switch self {
        case .started: writer.append(Kind.started.rawValue)
        case .woke: writer.append(Kind.woke.rawValue)
        case .received(let envelope):
            writer.append(Kind.received.rawValue)
            writer.append(counted: envelope)
        case .fetched(let names):
            writer.append(Kind.fetched.rawValue)
            writer.append(list: names) { $0.append($1) }
        case .contributed(let job, let round, let sealed):
            writer.append(Kind.contributed.rawValue)
            writer.append(job)
            writer.append(round)
            writer.append(counted: sealed)
        case .trainingFailed(let job, let round, let message):
            writer.append(Kind.trainingFailed.rawValue)
            writer.append(job)
            writer.append(round)
            writer.append(message)
        case .validated(let job, let round, let approved):
            writer.append(Kind.validated.rawValue)
            writer.append(job)
            writer.append(round)
            writer.append(approved)
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
            throw LedgerError(.malformed, "a hospital's journal has no such entry")
        }
        switch kind {
        case .started: self = .started
        case .woke: self = .woke
        case .received: self = .received(try reader.readCounted(limit: .max))
        case .fetched:
            self = .fetched(
                try reader.readList(limit: Limits.listElementsMax) { (reader) throws(LedgerError) in
                    try reader.readDigest()
                })
        case .contributed:
            self = .contributed(
                job: try reader.readUInt64(), round: try reader.readUInt32(),
                sealed: try reader.readCounted(limit: .max))
        case .trainingFailed:
            self = .trainingFailed(
                job: try reader.readUInt64(), round: try reader.readUInt32(),
                message: try reader.readString(limit: .max))
        case .validated:
            self = .validated(
                job: try reader.readUInt64(), round: try reader.readUInt32(), approved: try reader.readBool())
        case .recomputed: self = .recomputed(job: try reader.readUInt64())
        }
        try reader.finish()
    }
}
