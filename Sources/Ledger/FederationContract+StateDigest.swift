extension FederationContract {
    /// A digest of the whole state: equal on every replica that executed the same records.
    package var stateDigest: Digest {
        var writer = ByteWriter()
        writer.append(recordCount)
        writer.append(lastTimestampMilliseconds)
        if let foundation { foundation.encode(to: &writer) }
        writer.append(lastPublishedModel?.bytes ?? [])
        writer.append(list: publishedRounds) { $0.append($1) }
        let members = foundation?.members.indices ?? 0..<0
        for member in members {
            writer.append(spent[member] ?? 0)
            writer.append(list: recipientKeys[member] ?? []) { $0.append(counted: $1) }
            writer.append(UInt32(usedRecipientKeys[member] ?? 0))
            writer.append(list: (seenCiphertexts[member] ?? []).sorted()) { $0.append($1) }
        }
        writer.append(list: endedRounds) { $1.encode(to: &$0, members: members) }
        if let openRound { openRound.encode(to: &writer, members: members) }
        return Digest.of(writer.bytes, domain: "cordon/state/v1")
    }
}

extension ByteWriter {
    mutating func append(_ bytes: [UInt8]) { append(counted: bytes) }
}

extension RoundState {
    /// Every field, members and blocks in order.
    func encode(to writer: inout ByteWriter, members: Range<Int>) {
        OpenRound(round: number, parentModel: parentModel, deadlines: deadlines).encode(to: &writer)
        writer.append(seed)
        writer.append(phase.rawValue)
        for member in members {
            writer.append(recipientKeyIndex[member].map { UInt64($0) + 1 } ?? 0)
            writer.append(commitments[member] != nil)
            commitments[member]?.encode(to: &writer)
            writer.append(nonces[member] ?? [])
            writer.append(removed[member]?.rawValue ?? 0)
            writer.append(votes[member] != nil)
            if let vote = votes[member] {
                writer.append(vote.candidate)
                writer.append(vote.approve)
            }
        }
        writer.append(list: closedSet ?? []) { $0.append(member: $1) }
        writer.append(list: complaints.sorted()) {
            $0.append(member: $1.dealer)
            $0.append(member: $1.recipient)
            $0.append(justified.contains($1))
        }
        for dealer in publishedShares.keys.sorted() {
            let shares = publishedShares[dealer] ?? [:]
            writer.append(member: dealer)
            writer.append(list: shares.keys.sorted()) {
                $0.append(member: $1)
                $0.append(shares[$1] ?? [])
            }
        }
        encodeOpenings(to: &writer)
    }

    private func encodeOpenings(to writer: inout ByteWriter) {
        writer.append(beacon?.bytes ?? [])
        if let sketch {
            writer.append(sketch.answersDigest)
            writer.append(sketch.sketchesDigest)
            writer.append(list: sketch.inconsistentDealers) { $0.append(member: $1) }
            writer.append(sketch.index)
        }
        writer.append(list: contests) {
            $0.append(member: $1.dealer)
            $0.append(member: $1.helper)
            $0.append($1.answerDigest)
            $0.append($1.index)
        }
        verdict?.encode(to: &writer)
        if let sum {
            [sum.encryptedSumRoot, sum.keySumDigest, sum.decryptedSumDigest].forEach { writer.append($0) }
        }
        for block in reports.keys.sorted() {
            writer.append(block)
            writer.append(list: reports[block] ?? []) {
                $0.append(member: $1.member)
                $0.append($1.agrees)
                $0.append($1.observed)
            }
        }
        switch ending {
        case nil: writer.append(UInt8(0))
        case .published(let model):
            writer.append(UInt8(1))
            writer.append(model)
        case .rolledBack(let reason, let accused):
            writer.append(UInt8(2))
            writer.append(reason.rawValue)
            accused?.encode(to: &writer)
        case .abandoned(let phase, let reason):
            writer.append(UInt8(3))
            writer.append(phase.rawValue)
            writer.append(reason.rawValue)
        }
    }
}
