/// The canonical encoding: a version byte, a kind byte, the fields in order. Decoding accepts nothing else.
extension LedgerEntry {
    private static let version: UInt8 = 1

    /// The kind's code in the encoding.
    var kind: UInt8 {
        switch self {
        case .foundation: 1
        case .recipientKeys: 2
        case .open: 3
        case .commit: 4
        case .close: 5
        case .reveal: 6
        case .complaint: 7
        case .justification: 8
        case .nonceOpening: 9
        case .beacon: 10
        case .sketch: 11
        case .contest: 12
        case .verdict(let verdict): verdict.suspicion == nil ? 13 : 20
        case .sum: 14
        case .report: 15
        case .vote: 16
        case .publish: 17
        case .rollback: 18
        case .abandon: 19
        }
    }

    package var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.append(LedgerEntry.version)
        writer.append(kind)
        switch self {
        case .foundation(let foundation): foundation.encode(to: &writer)
        case .recipientKeys(let firstIndex, let keys):
            writer.append(firstIndex)
            writer.append(list: keys) { $0.append(counted: $1) }
        case .open(let open): open.encode(to: &writer)
        case .commit(let commitment): commitment.encode(to: &writer)
        case .verdict(let verdict): verdict.encode(to: &writer)
        default:
            writer.append(round ?? 0)
            encodeSteps(to: &writer)
        }
        return writer.bytes
    }

    private func encodeSteps(to writer: inout ByteWriter) {
        switch self {
        case .foundation, .recipientKeys, .open, .commit, .verdict, .close, .beacon: break
        case .reveal(_, let nonce): writer.append(counted: nonce)
        case .complaint(_, let dealer): writer.append(member: dealer)
        case .justification(_, let recipient, let share):
            writer.append(member: recipient)
            writer.append(counted: share)
        case .nonceOpening(_, let owner, let shares):
            writer.append(member: owner)
            writer.append(list: shares) {
                $0.append(member: $1.member)
                $0.append(counted: $1.bytes)
            }
        case .sketch(_, let answers, let sketches, let dealers):
            writer.append(answers)
            writer.append(sketches)
            writer.append(list: dealers) { $0.append(member: $1) }
        case .contest(_, let helper, let answer, let share):
            writer.append(member: helper)
            writer.append(answer)
            writer.append(counted: share)
        case .sum(_, let root, let key, let decrypted): [root, key, decrypted].forEach { writer.append($0) }
        case .report(_, let blocks, let agrees, let observed):
            writer.append(list: blocks) { $0.append($1) }
            writer.append(agrees)
            writer.append(list: observed) { $0.append($1) }
        case .vote(_, let candidate, let approve):
            writer.append(candidate)
            writer.append(approve)
        case .publish(_, let model, let parent): [model, parent].forEach { writer.append($0) }
        case .rollback(_, let reason, let accused):
            writer.append(reason.rawValue)
            writer.append(accused != nil)
            accused?.encode(to: &writer)
        case .abandon(_, let phase, let reason):
            writer.append(phase.rawValue)
            writer.append(reason.rawValue)
        }
    }

    /// Decodes exactly one entry; bytes that are not its canonical encoding are refused.
    package init(decoding bytes: [UInt8]) throws(LedgerError) {
        guard bytes.count <= LedgerLimits.payloadBytes else {
            throw LedgerError(.malformed, "an entry of \(bytes.count) bytes exceeds \(LedgerLimits.payloadBytes)")
        }
        var reader = ByteReader(bytes)
        let version = try reader.readUInt8()
        guard version == LedgerEntry.version else {
            throw LedgerError(.malformed, "entry encoding version \(version) is unknown")
        }
        let kind = try reader.readUInt8()
        switch kind {
        case 1: self = .foundation(try FederationFoundation(from: &reader))
        case 2: self = try LedgerEntry.recipientKeys(from: &reader)
        case 3: self = .open(try OpenRound(from: &reader))
        case 4: self = .commit(try Commitment(from: &reader))
        case 13, 20: self = .verdict(try Verdict(from: &reader, remembers: kind == 20))
        default: self = try LedgerEntry.step(kind, round: try reader.readUInt32(), from: &reader)
        }
        try reader.finish()
    }

    private static func recipientKeys(from reader: inout ByteReader) throws(LedgerError) -> LedgerEntry {
        let firstIndex = try reader.readUInt32()
        let keys = try reader.readList(limit: LedgerLimits.recipientKeysPerEntry) {
            (reader) throws(LedgerError) in try reader.readCounted(limit: LedgerLimits.recipientKeyBytes)
        }
        return .recipientKeys(firstIndex: firstIndex, keys: keys)
    }

    private static func step(
        _ kind: UInt8, round: UInt32, from reader: inout ByteReader
    ) throws(LedgerError) -> LedgerEntry {
        switch kind {
        case 5: return .close(round: round)
        case 6: return .reveal(round: round, nonce: try reader.readCounted(limit: LedgerLimits.nonceBytes))
        case 7: return .complaint(round: round, dealer: try reader.readMember())
        case 8:
            return .justification(
                round: round, recipient: try reader.readMember(),
                share: try reader.readCounted(limit: LedgerLimits.shareBytes))
        case 9:
            let owner = try reader.readMember()
            let shares = try reader.readList(limit: LedgerLimits.members) { (reader) throws(LedgerError) in
                NonceShare(
                    member: try reader.readMember(), bytes: try reader.readCounted(limit: LedgerLimits.shareBytes))
            }
            return .nonceOpening(round: round, owner: owner, shares: shares)
        case 10: return .beacon(round: round)
        case 11:
            return .sketch(
                round: round, answersDigest: try reader.readDigest(), sketchesDigest: try reader.readDigest(),
                inconsistentDealers: try reader.readMembers())
        case 12:
            return .contest(
                round: round, helper: try reader.readMember(), answerDigest: try reader.readDigest(),
                share: try reader.readCounted(limit: LedgerLimits.shareBytes))
        case 14:
            return .sum(
                round: round, encryptedSumRoot: try reader.readDigest(), keySumDigest: try reader.readDigest(),
                decryptedSumDigest: try reader.readDigest())
        case 15:
            let blocks = try reader.readList(limit: LedgerLimits.blocks) { (reader) throws(LedgerError) in
                try reader.readUInt32()
            }
            let agrees = try reader.readBool()
            let observed = try reader.readList(limit: LedgerLimits.blocks) { (reader) throws(LedgerError) in
                try reader.readDigest()
            }
            return .report(round: round, blocks: blocks, agrees: agrees, observed: observed)
        case 16: return .vote(round: round, candidate: try reader.readDigest(), approve: try reader.readBool())
        case 17: return .publish(round: round, model: try reader.readDigest(), parent: try reader.readDigest())
        case 18:
            let reason: RollbackReason = try reader.readCode()
            return .rollback(
                round: round, reason: reason, accused: try reader.readBool() ? try Author(from: &reader) : nil)
        case 19: return .abandon(round: round, phase: try reader.readCode(), reason: try reader.readCode())
        default: throw LedgerError(.malformed, "entry kind \(kind) is unknown")
        }
    }
}

extension ByteReader {
    mutating func readMembers() throws(LedgerError) -> [Int] {
        try readList(limit: LedgerLimits.members) { (reader) throws(LedgerError) in try reader.readMember() }
    }

    mutating func readCode<Code: RawRepresentable>() throws(LedgerError) -> Code where Code.RawValue == UInt8 {
        let raw = try readUInt8()
        guard let code = Code(rawValue: raw) else {
            throw LedgerError(.malformed, "\(raw) is no \(Code.self)")
        }
        return code
    }
}
