import Ledger

/// One entry in full, with the proof that it is in the log.
struct EntryPage {
    struct Step {
        let number: String
        let hash: String
    }

    let index: String
    let summary: String
    let facts: [Fact]
    let fields: [Fact]
    let hasFields: Bool
    let leafHash: String
    let path: [Step]
    let proof: String
    let root: String
    let holds: Bool
    let previous: String?
    let next: String?

    /// Nil where there is no such entry.
    init?(_ snapshot: LedgerSnapshot, index: Int) throws {
        guard let log = snapshot.log, snapshot.entries.indices.contains(index) else { return nil }
        let (record, entry) = (log.records[index], snapshot.entries[index])
        self.index = "\(index)"
        summary = entry.summary(names: snapshot.names)
        facts = [
            Fact("Author", snapshot.name(of: record.author)),
            Fact("Time", Instants.text(record.timestampMilliseconds)),
            Fact("Payload", "\(record.payload.count) bytes, exactly as signed"),
            Fact("Signature", code: hexadecimal(record.signature)),
        ]
        fields = EntryFields(names: snapshot.names).fields(of: entry)
        hasFields = !fields.isEmpty
        leafHash = record.leafHash.hex
        // Where no checkpoint covers the entry yet, the proof leads to the root of what was read.
        let signed = snapshot.checkpoint.flatMap { index < $0.size ? $0 : nil }
        let size = signed?.size ?? log.size
        let root = signed?.root ?? log.merkle.root
        let hashes = try log.merkle.inclusionProof(of: index, size: size)
        path = hashes.enumerated().map { Step(number: "\($0.offset + 1)", hash: $0.element.hex) }
        holds = MerkleLog.isIncluded(
            leafHash: record.leafHash, index: index, size: size, proof: hashes, root: root)
        proof =
            signed == nil
            ? "the root of the \(size) entries read, which the coordinator has not signed yet"
            : "the root of the checkpoint that the coordinator signed over \(size) entries"
        self.root = root.hex
        previous = index > 0 ? "/ledger/\(index - 1)" : nil
        next = index + 1 < log.size ? "/ledger/\(index + 1)" : nil
    }
}
