/// One signed entry in its place. The author signs the payload, the sequencer gives index and time.
package struct LedgerRecord: Hashable, Sendable, Codable {
    package let index: UInt64
    /// Milliseconds of the ledger's clock; never decreasing along the log.
    package let timestampMilliseconds: UInt64
    package let author: Author
    /// The canonical encoding of a `LedgerEntry`, exactly as signed.
    package let payload: [UInt8]
    package let signature: [UInt8]

    package init(index: UInt64, timestampMilliseconds: UInt64, author: Author, payload: [UInt8], signature: [UInt8]) {
        self.index = index
        self.timestampMilliseconds = timestampMilliseconds
        self.author = author
        self.payload = payload
        self.signature = signature
    }

    /// The entry in the payload.
    package func entry() throws(LedgerError) -> LedgerEntry { try LedgerEntry(decoding: payload) }

    /// What the Merkle tree hashes: every field of the record.
    package var leafBytes: [UInt8] {
        var writer = ByteWriter()
        writer.append("cordon/record/v1")
        writer.append(index)
        writer.append(timestampMilliseconds)
        author.encode(to: &writer)
        writer.append(counted: payload)
        writer.append(counted: signature)
        return writer.bytes
    }

    package var leafHash: Digest { MerkleLog.leafHash(leafBytes) }

    package init(decoding leafBytes: [UInt8]) throws(LedgerError) {
        var reader = ByteReader(leafBytes)
        guard try reader.readString(limit: 64) == "cordon/record/v1" else {
            throw LedgerError(.malformed, "these bytes are no ledger record")
        }
        self.init(
            index: try reader.readUInt64(), timestampMilliseconds: try reader.readUInt64(),
            author: try Author(from: &reader), payload: try reader.readCounted(limit: LedgerLimits.payloadBytes),
            signature: try reader.readCounted(limit: 64))
        try reader.finish()
    }
}
