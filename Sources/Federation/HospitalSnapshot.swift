package import Ledger
package import MultipartyEncryption

/// What a hospital is between two rounds, beside its keys and its copy of the ledger. Nothing secret is in it: it is
/// taken when the round's secrets are erased, and one-time keys are kept elsewhere, each by itself.
package struct HospitalSnapshot: Sendable {
    let model: [Float]
    let roundsSpent: Int
    /// Indices of one-time recipient keys that are not erased.
    package let keysLeft: [Int]
    let encryptedUpdates: Set<Digest>
    let outbox: Outbox
    /// What earlier rounds say of planted triggers, as bytes; empty before the first verdict.
    let suspicion: [UInt8]
    /// Ledger records this snapshot goes with.
    package let ledgerSize: Int
    /// Jobs that were numbered before it (`PendingJobs`).
    package var jobsBefore: UInt64 = 0

    package var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.append("cordon/hospital-snapshot/v2")
        writer.append(list: model) { $0.append($1.bitPattern) }
        writer.append(UInt32(roundsSpent))
        writer.append(list: keysLeft) { $0.append(UInt32($1)) }
        writer.append(list: encryptedUpdates.sorted { $0.hex < $1.hex }) { $0.append($1) }
        outbox.encode(to: &writer)
        writer.append(counted: suspicion)
        writer.append(UInt64(ledgerSize))
        writer.append(jobsBefore)
        return writer.bytes
    }

    package init(bytes: [UInt8]) throws {
        var reader = ByteReader(bytes)
        guard try reader.readString(limit: 64) == "cordon/hospital-snapshot/v2" else {
            throw LedgerError(.malformed, "these bytes are no snapshot of a hospital")
        }
        model = try reader.readList(limit: Limits.parametersMax) { (reader) throws(LedgerError) in
            Float(bitPattern: try reader.readUInt32())
        }
        roundsSpent = Int(try reader.readUInt32())
        keysLeft = try reader.readList(limit: Limits.listElementsMax) { (reader) throws(LedgerError) in
            Int(try reader.readUInt32())
        }
        encryptedUpdates = Set(
            try reader.readList(limit: Limits.listElementsMax) { (reader) throws(LedgerError) in
                try reader.readDigest()
            })
        outbox = try Outbox(from: &reader)
        suspicion = try reader.readCounted(limit: Limits.chunkBytesMax)
        ledgerSize = Int(try reader.readUInt64())
        jobsBefore = try reader.readUInt64()
        try reader.finish()
    }

    init(
        model: [Float], roundsSpent: Int, keysLeft: [Int], encryptedUpdates: Set<Digest>, outbox: Outbox,
        suspicion: [UInt8], ledgerSize: Int
    ) {
        self.model = model
        self.roundsSpent = roundsSpent
        self.keysLeft = keysLeft
        self.encryptedUpdates = encryptedUpdates
        self.outbox = outbox
        self.suspicion = suspicion
        self.ledgerSize = ledgerSize
    }
}

extension Hospital {
    /// This hospital without the round at hand; nil while that round's secrets are alive.
    package var snapshot: HospitalSnapshot? {
        guard own?.isLapsed ?? true else { return nil }
        return HospitalSnapshot(
            model: model, roundsSpent: account.roundsSpent,
            keysLeft: recipientKeys.indices.filter { recipientKeys[$0] != nil }, encryptedUpdates: encryptedUpdates,
            outbox: outbox, suspicion: memory.bytes, ledgerSize: log.size)
    }

    /// A hospital as it was when the snapshot was taken.
    ///
    /// - Parameters:
    ///   - records: its copy of the ledger, at least as long as then; executed again.
    ///   - recipientKeys: one-time keys by index, nil where erased.
    /// - Throws: `Refusal` of a record, `FederationError` for a snapshot of another agreement.
    package init(
        restoring snapshot: HospitalSnapshot, records: [LedgerRecord], agreement: Agreement, member: Int,
        identity: Identity, initialModel: [Float], recipientKeys: [OneTimeRecipientKey?]
    ) throws {
        try self.init(
            agreement: agreement, member: member, identity: identity, initialModel: initialModel, recipientKeys: [])
        guard records.count >= snapshot.ledgerSize, snapshot.model.count == initialModel.count else {
            throw FederationError(
                .ledger,
                "the journal goes with \(snapshot.ledgerSize) ledger records and \(snapshot.model.count) parameters; "
                    + "there are \(records.count) and \(initialModel.count)")
        }
        for record in records.prefix(snapshot.ledgerSize) { _ = try log.adopt(record) }
        model = snapshot.model
        account = try PrivacyAccount(terms: agreement.privacy, roundsSpent: snapshot.roundsSpent)
        self.recipientKeys = recipientKeys.enumerated().map { snapshot.keysLeft.contains($0) ? $1 : nil }
        encryptedUpdates = snapshot.encryptedUpdates
        outbox = snapshot.outbox
        memory = try SuspicionMemory(bytes: snapshot.suspicion)
    }
}
