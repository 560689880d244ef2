package import HomomorphicEncryption
import Ledger
import MultipartyEncryption
import SecureAggregation

// The wire form of a message: one byte for its kind, then its fields, big-endian, every list with its count.
// It is read only after its signature was verified, and still nothing in it is believed: counts are bounded by what is
// there, and bytes left over are refused.

extension Message {
    private enum Kind: UInt8 {
        case acknowledged = 1, have, submit, upload, sealedShare, answers, nonceShares, verdictSignature, keyShareSum
        case modelRequest, cosigned
        case records = 32, relayed, openings, openedSum, chunks, model
    }

    /// What a message's bytes are counted under.
    package enum WireCategory: String, Sendable, CaseIterable {
        case ciphertext, shares, openings, ledger, model, other
    }

    /// Category of an encoded message, from its first byte.
    package static func category(ofPayload payload: [UInt8]) -> WireCategory {
        switch payload.first.flatMap(Kind.init) {
        case .upload, .chunks, .openedSum: .ciphertext
        case .sealedShare, .relayed: .shares
        case .answers, .nonceShares, .verdictSignature, .keyShareSum, .openings: .openings
        case .submit, .records, .cosigned: .ledger
        case .model, .modelRequest: .model
        case .acknowledged, .have, nil: .other
        }
    }

    /// The bytes that are signed and sent.
    package var encoded: [UInt8] {
        var writer = ByteWriter()
        switch self {
        case .acknowledged(let digests):
            writer.begin(Kind.acknowledged.rawValue)
            writer.append(list: digests) { $0.append($1) }
        case .have(let records):
            writer.begin(Kind.have.rawValue)
            writer.append(records)
        case .cosigned(let size, let signature):
            writer.begin(Kind.cosigned.rawValue)
            writer.append(size)
            writer.append(counted: signature)
        case .submit(let entry, let signature):
            writer.begin(Kind.submit.rawValue)
            writer.append(counted: entry.encoded)
            writer.append(counted: signature)
        case .upload(let round, let names):
            writer.begin(Kind.upload.rawValue, round)
            writer.append(list: names) { $0.append($1) }
        case .sealedShare(let round, let share):
            writer.begin(Kind.sealedShare.rawValue, round)
            writer.append(UInt32(share.dealer))
            writer.append(UInt32(share.recipient))
            writer.append(counted: share.bytes)
        case .answers(let answers):
            writer.begin(Kind.answers.rawValue, answers.round)
            writer.append(map: answers.consistency.mapValues(\.bytes))
            writer.append(map: answers.sketches.mapValues(\.bytes))
        case .nonceShares(let round, let shares):
            writer.begin(Kind.nonceShares.rawValue, round)
            writer.append(map: shares)
        case .verdictSignature(let round, let signature):
            writer.begin(Kind.verdictSignature.rawValue, round)
            writer.append(counted: signature)
        case .keyShareSum(let round, let accepted, let bytes):
            writer.begin(Kind.keyShareSum.rawValue, round)
            writer.append(list: accepted) { $0.append(UInt32($1)) }
            writer.append(counted: bytes)
        case .modelRequest(let digest):
            writer.begin(Kind.modelRequest.rawValue)
            writer.append(digest)
        case .records(let records):
            writer.begin(Kind.records.rawValue)
            writer.append(list: records) { $0.append(counted: $1.leafBytes) }
        case .relayed(let envelope):
            writer.begin(Kind.relayed.rawValue)
            writer.append(counted: envelope)
        case .openings(let round, let linearParts, let malformed, let answers):
            writer.begin(Kind.openings.rawValue, round)
            writer.append(map: linearParts)
            writer.append(list: malformed) { $1.encode(into: &$0) }
            writer.append(list: answers) { $0.append(counted: $1) }
        case .openedSum(let round, let blocks, let answers):
            writer.begin(Kind.openedSum.rawValue, round)
            writer.append(list: blocks) { $0.append($1) }
            writer.append(list: answers) { $0.append(counted: $1) }
        case .chunks(let round, let ciphertexts):
            writer.begin(Kind.chunks.rawValue, round)
            writer.append(list: ciphertexts.keys.sorted()) { writer, member in
                writer.append(UInt32(member))
                writer.append(list: ciphertexts[member] ?? []) { $0.append($1) }
            }
        case .model(let names):
            writer.begin(Kind.model.rawValue)
            writer.append(list: names) { $0.append($1) }
        }
        return writer.bytes
    }

    /// - Throws: `FederationError(.malformedMessage)` or the ledger's decoding error.
    package init(decoding bytes: [UInt8], parameters: EncryptionParameters) throws {
        var reader = ByteReader(bytes)
        guard let kind = Kind(rawValue: try reader.readUInt8()) else {
            throw FederationError(.malformedMessage, "a message of an unknown kind")
        }
        switch kind {
        case .acknowledged: self = .acknowledged(try reader.list { try $0.readDigest() })
        case .have: self = .have(records: try reader.readUInt64())
        case .cosigned:
            self = .cosigned(size: try reader.readUInt64(), signature: try reader.readCounted(limit: 72))
        case .submit:
            let entry = try LedgerEntry(decoding: reader.readCounted(limit: Limits.envelopeBytesMax))
            self = .submit(entry: entry, signature: try reader.readCounted(limit: 64))
        case .upload: self = .upload(round: try reader.readUInt32(), names: try reader.names())
        case .sealedShare:
            let round = try reader.readUInt32()
            let dealer = Int(try reader.readUInt32())
            let recipient = Int(try reader.readUInt32())
            let share = SealedShare(dealer: dealer, recipient: recipient, bytes: try reader.byteList())
            self = .sealedShare(round: round, share)
        case .answers:
            let round = try reader.readUInt32()
            let consistency = try reader.map().mapValues { try ConsistencyAnswer(bytes: $0, parameters: parameters) }
            let sketches = try reader.map().mapValues { try SketchAnswer(bytes: $0, parameters: parameters) }
            self = .answers(OpeningAnswers(round: round, consistency: consistency, sketches: sketches))
        case .nonceShares: self = .nonceShares(round: try reader.readUInt32(), try reader.map())
        case .verdictSignature:
            self = .verdictSignature(round: try reader.readUInt32(), signature: try reader.readCounted(limit: 64))
        case .keyShareSum:
            let round = try reader.readUInt32()
            let accepted = try reader.list { Int(try $0.readUInt32()) }
            self = .keyShareSum(round: round, accepted: accepted, bytes: try reader.byteList())
        case .modelRequest: self = .modelRequest(try reader.readDigest())
        case .records: self = .records(try reader.list { try LedgerRecord(decoding: $0.byteList()) })
        case .relayed: self = .relayed(try reader.byteList())
        case .openings:
            let round = try reader.readUInt32()
            let linearParts = try reader.map()
            let malformed = try reader.list { try ChunkEvidence(decoding: &$0) }
            self = .openings(
                round: round, linearParts: linearParts, malformed: malformed, answers: try reader.byteLists())
        case .openedSum:
            let round = try reader.readUInt32()
            let blocks = try reader.names()
            self = .openedSum(round: round, blocks: blocks, answers: try reader.byteLists())
        case .chunks:
            let round = try reader.readUInt32()
            self = .chunks(round: round, ciphertexts: try reader.map { try $0.names() })
        case .model: self = .model(names: try reader.names())
        }
        try reader.finish()
    }
}

extension ChunkEvidence {
    fileprivate func encode(into writer: inout ByteWriter) {
        writer.append(UInt32(member))
        writer.append(index)
        writer.append(UInt32(proof.chunkCount))
        writer.append(counted: chunk)
        writer.append(list: proof.path) { $0.append($1) }
    }

    fileprivate init(decoding reader: inout ByteReader) throws {
        let member = Int(try reader.readUInt32())
        let index = Int(try reader.readUInt32())
        let count = Int(try reader.readUInt32())
        let chunk = try reader.byteList()
        self.init(
            member: member,
            proof: ChunkProof(
                chunk: chunk, index: index, chunkCount: count, path: try reader.list { try $0.readDigest() }))
    }
}

extension ByteWriter {
    fileprivate mutating func begin(_ kind: UInt8, _ round: UInt32? = nil) {
        append(kind)
        if let round { append(round) }
    }

    /// Members in increasing order, so that equal maps have equal bytes.
    fileprivate mutating func append(map: [Int: [UInt8]]) {
        append(list: map.keys.sorted()) { writer, member in
            writer.append(UInt32(member))
            writer.append(counted: map[member] ?? [])
        }
    }
}

extension ByteReader {
    fileprivate mutating func byteList() throws -> [UInt8] { try readCounted(limit: Limits.envelopeBytesMax) }

    fileprivate mutating func byteLists() throws -> [[UInt8]] { try list { try $0.byteList() } }

    fileprivate mutating func names() throws -> [Digest] { try list { try $0.readDigest() } }

    /// No list of a message is longer than this; its elements end where the bytes end.
    fileprivate mutating func list<Element>(_ decode: (inout ByteReader) throws -> Element) throws -> [Element] {
        let count = try readCount(limit: Limits.listElementsMax)
        var elements: [Element] = []
        for _ in 0..<count { elements.append(try decode(&self)) }
        return elements
    }

    fileprivate mutating func map() throws -> [Int: [UInt8]] { try map { try $0.byteList() } }

    fileprivate mutating func map<Value>(_ decode: (inout ByteReader) throws -> Value) throws -> [Int: Value] {
        var map: [Int: Value] = [:]
        var last = -1
        for (key, value) in try list({ (Int(try $0.readUInt32()), try decode(&$0)) }) {
            guard key > last else {
                throw FederationError(.malformedMessage, "member \(key) occurs twice or out of order")
            }
            map[key] = value
            last = key
        }
        return map
    }
}
