package import Ledger

/// What a coordinator is when a round has just begun or the last is over, beside its key, the ledger and the chunks of
/// the published model.
package struct CoordinatorSnapshot: Sendable {
    let model: Digest
    /// Names of the model's chunks; none of the initial model.
    package let modelNames: [Digest]
    let roundsOpened: UInt32
    let startedAt: Instant
    let isFinished: Bool
    /// Ledger records each member is known to have.
    let known: [UInt64]
    let outboxes: [Outbox]
    /// What earlier rounds say of planted triggers, as bytes; empty before the first verdict.
    let suspicion: [UInt8]
    /// Ledger records this snapshot goes with.
    package let ledgerSize: Int
    /// Jobs that were numbered before it (`PendingJobs`).
    package var jobsBefore: UInt64 = 0

    init(
        model: Digest, modelNames: [Digest], roundsOpened: UInt32, startedAt: Instant, isFinished: Bool,
        known: [UInt64], outboxes: [Outbox], suspicion: [UInt8], ledgerSize: Int
    ) {
        self.model = model
        self.modelNames = modelNames
        self.roundsOpened = roundsOpened
        self.startedAt = startedAt
        self.isFinished = isFinished
        self.known = known
        self.outboxes = outboxes
        self.suspicion = suspicion
        self.ledgerSize = ledgerSize
    }

    package var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.append("cordon/coordinator-snapshot/v3")
        writer.append(model)
        writer.append(list: modelNames) { $0.append($1) }
        writer.append(roundsOpened)
        writer.append(startedAt.milliseconds)
        writer.append(isFinished)
        writer.append(list: known) { $0.append($1) }
        writer.append(UInt32(outboxes.count))
        for outbox in outboxes { outbox.encode(to: &writer) }
        writer.append(counted: suspicion)
        writer.append(UInt64(ledgerSize))
        writer.append(jobsBefore)
        return writer.bytes
    }

    /// The published model; nil where none was.
    ///
    /// - Throws: `FederationError` for chunks that are missing or not the model's.
    package func publishedModel(from chunks: some ChunkSource) throws(FederationError) -> [Float]? {
        modelNames.isEmpty ? nil : try ModelChunks.model(of: modelNames, expecting: model, from: chunks)
    }

    package init(bytes: [UInt8]) throws {
        var reader = ByteReader(bytes)
        guard try reader.readString(limit: 64) == "cordon/coordinator-snapshot/v3" else {
            throw LedgerError(.malformed, "these bytes are no snapshot of a coordinator")
        }
        model = try reader.readDigest()
        modelNames = try reader.readList(limit: Limits.listElementsMax) { (reader) throws(LedgerError) in
            try reader.readDigest()
        }
        roundsOpened = try reader.readUInt32()
        startedAt = Instant(milliseconds: try reader.readUInt64())
        isFinished = try reader.readBool()
        known = try reader.readList(limit: Limits.membersMax) { (reader) throws(LedgerError) in
            try reader.readUInt64()
        }
        let count = try reader.readCount(limit: Limits.membersMax)
        var boxes: [Outbox] = []
        for _ in 0..<count { boxes.append(try Outbox(from: &reader)) }
        outboxes = boxes
        suspicion = try reader.readCounted(limit: Limits.chunkBytesMax)
        ledgerSize = Int(try reader.readUInt64())
        jobsBefore = try reader.readUInt64()
        try reader.finish()
    }
}

extension Coordinator {
    /// This coordinator without what it gathered; nil while it holds something of a round that is not over.
    package var snapshot: CoordinatorSnapshot? {
        let isAtRest = round?.isFresh ?? true
        guard isAtRest || log.contract.round?.isOver == true else { return nil }
        return CoordinatorSnapshot(
            model: model.digest, modelNames: model.names, roundsOpened: roundsOpened, startedAt: startedAt,
            isFinished: finished, known: known, outboxes: outboxes, suspicion: memory.bytes,
            ledgerSize: log.size)
    }

    /// A coordinator as it was when the snapshot was taken.
    ///
    /// - Parameters:
    ///   - records: the ledger, at least as long as then; executed again.
    ///   - chunks: where the published model lies.
    /// - Throws: `Refusal` of a record, `FederationError` for a snapshot of another agreement.
    package init(
        restoring snapshot: CoordinatorSnapshot, records: [LedgerRecord], agreement: Agreement, identity: Identity,
        initialModel: [Float], reading chunks: some ChunkSource
    ) throws {
        try self.init(agreement: agreement, identity: identity, initialModel: initialModel)
        guard records.count >= snapshot.ledgerSize, snapshot.known.count == agreement.members.count,
            snapshot.outboxes.count == agreement.members.count
        else {
            throw FederationError(
                .ledger,
                "the journal goes with \(snapshot.ledgerSize) ledger records and \(snapshot.known.count) members; "
                    + "there are \(records.count) and \(agreement.members.count)")
        }
        for record in records.prefix(snapshot.ledgerSize) { _ = try log.adopt(record) }
        if let parameters = try snapshot.publishedModel(from: chunks) {
            model = PublishedModel(parameters, digest: snapshot.model, names: snapshot.modelNames)
        }
        roundsOpened = snapshot.roundsOpened
        startedAt = snapshot.startedAt
        finished = snapshot.isFinished
        known = snapshot.known
        sent = snapshot.known
        outboxes = snapshot.outboxes
        memory = try SuspicionMemory(bytes: snapshot.suspicion)
        if let open = log.contract.round, !open.isOver { round = CoordinatorRound(number: open.number) }
    }
}

extension Coordinator {
    /// Whether every member has said that it has the whole ledger.
    package var everybodyKnows: Bool { known.allSatisfy { $0 == UInt64(log.size) } }
}
