import Ledger

// Messages that nobody has acknowledged outlive a restart: as part of a snapshot.
extension Outbox {
    func encode(to writer: inout ByteWriter) {
        writer.append(list: kept) {
            $0.append($1.round)
            $0.append(counted: $1.envelope.bytes)
        }
    }

    init(from reader: inout ByteReader) throws {
        let messages = try reader.readList(limit: Limits.outboxMessagesMax) { (reader) throws(LedgerError) in
            (round: try reader.readUInt32(), bytes: try reader.readCounted(limit: .max))
        }
        self.init(keeping: try messages.map { ($0.round, try Envelope(bytes: $0.bytes)) })
    }
}
