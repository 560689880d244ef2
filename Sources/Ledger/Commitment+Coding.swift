/// Canonical encodings of the larger payloads: commitment, foundation, opening and verdict.
extension Commitment {
    func encode(to writer: inout ByteWriter) {
        writer.append(federation)
        writer.append(round)
        writer.append(ciphertextRoot)
        writer.append(blockCount)
        writer.append(list: shareCommitments) { $0.append(counted: $1) }
        writer.append(counted: nonceDigest)
        writer.append(spend.noiseMultiplierMicros)
        writer.append(spend.samplingRateMicros)
        writer.append(spend.steps)
        writer.append(spend.epsilonMicrosAfter)
    }

    init(from reader: inout ByteReader) throws(LedgerError) {
        self.init(
            federation: try reader.readDigest(), round: try reader.readUInt32(),
            ciphertextRoot: try reader.readDigest(), blockCount: try reader.readUInt32(),
            shareCommitments: try reader.readList(limit: LedgerLimits.members) { (reader) throws(LedgerError) in
                try reader.readCounted(limit: LedgerLimits.shareCommitmentBytes)
            },
            nonceDigest: try reader.readCounted(limit: Digest.byteCount),
            spend: PrivacySpend(
                noiseMultiplierMicros: try reader.readUInt64(), samplingRateMicros: try reader.readUInt64(),
                steps: try reader.readUInt32(), epsilonMicrosAfter: try reader.readUInt64()))
    }
}

extension FederationFoundation {
    func encode(to writer: inout ByteWriter) {
        writer.append(name)
        writer.append(agreementDigest)
        writer.append(counted: coordinatorKey)
        writer.append(list: members) {
            $0.append($1.name)
            $0.append(counted: $1.publicKey)
        }
        writer.append(UInt16(clamping: threshold))
        writer.append(UInt16(clamping: corruptible))
        writer.append(UInt32(clamping: recipientKeyBytes))
        writer.append(blockCount)
        writer.append(epsilonBudgetMicros)
        writer.append(deltaExponent)
        writer.append(initialModel)
        writer.append(maximumRounds)
    }

    init(from reader: inout ByteReader) throws(LedgerError) {
        self.init(
            name: try reader.readString(limit: 255),
            agreementDigest: try reader.readDigest(),
            coordinatorKey: try reader.readCounted(limit: 32),
            members: try reader.readList(limit: LedgerLimits.members) { (reader) throws(LedgerError) in
                Member(name: try reader.readString(limit: 255), publicKey: try reader.readCounted(limit: 32))
            },
            threshold: Int(try reader.readUInt16()),
            corruptible: Int(try reader.readUInt16()),
            recipientKeyBytes: Int(try reader.readUInt32()),
            blockCount: try reader.readUInt32(),
            epsilonBudgetMicros: try reader.readUInt64(),
            deltaExponent: try reader.readUInt8(),
            initialModel: try reader.readDigest(),
            maximumRounds: try reader.readUInt32())
    }
}

extension OpenRound {
    func encode(to writer: inout ByteWriter) {
        writer.append(round)
        writer.append(parentModel)
        for instant in deadlines.instants { writer.append(instant) }
    }

    init(from reader: inout ByteReader) throws(LedgerError) {
        self.init(
            round: try reader.readUInt32(), parentModel: try reader.readDigest(),
            deadlines: RoundDeadlines(
                commit: try reader.readUInt64(), reveal: try reader.readUInt64(), sketch: try reader.readUInt64(),
                verdict: try reader.readUInt64(), sum: try reader.readUInt64(), report: try reader.readUInt64(),
                vote: try reader.readUInt64()))
    }
}

extension Verdict.Exclusion {
    func encode(to writer: inout ByteWriter) {
        writer.append(member: member)
        writer.append(reason.rawValue)
        writer.append(list: details) { $0.append($1) }
    }

    init(from reader: inout ByteReader) throws(LedgerError) {
        self.init(
            member: try reader.readMember(), reason: ExclusionReason(rawValue: try reader.readUInt16()),
            details: try reader.readList(limit: LedgerLimits.detailsPerExclusion) { (reader) throws(LedgerError) in
                try reader.readInt64()
            })
    }
}

extension Verdict {
    func encode(to writer: inout ByteWriter) {
        writer.append(round)
        writer.append(list: accepted) { $0.append(member: $1) }
        writer.append(list: exclusions) { $1.encode(to: &$0) }
        writer.append(position)
        if let suspicion { writer.append(suspicion) }
        writer.append(list: signatures) {
            $0.append(member: $1.member)
            $0.append(counted: $1.signature)
        }
    }

    /// - Parameter remembers: whether the entry's kind says that there is a suspicion.
    init(from reader: inout ByteReader, remembers: Bool) throws(LedgerError) {
        self.init(
            round: try reader.readUInt32(), accepted: try reader.readMembers(),
            exclusions: try reader.readList(limit: LedgerLimits.members) { (reader) throws(LedgerError) in
                try Exclusion(from: &reader)
            },
            position: try reader.readUInt64(), suspicion: remembers ? try reader.readDigest() : nil,
            signatures: try reader.readList(limit: LedgerLimits.members) { (reader) throws(LedgerError) in
                Signature(member: try reader.readMember(), signature: try reader.readCounted(limit: 64))
            })
    }
}
