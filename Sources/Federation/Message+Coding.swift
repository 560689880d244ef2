import Ledger
import MultipartyEncryption
import SecureAggregation

// The wire form of a message: one byte for its kind, then its fields, big-endian, every list with its count.
// It is read only after its signature was verified, and still nothing in it is believed: counts are bounded by what is
// there, and bytes left over are refused.

extension Message {
    private enum Kind: UInt8 {
        case acknowledged = 1, have, submit, upload, sealedShare, answers, nonceShares, verdictSignature, keyShareSum
        case modelRequest
        case records = 32, relayed, openings, openedSum, chunks, model
    }

    /// The bytes that are signed and sent.
    package var encoded: [UInt8] {
        var writer = ByteWriter()
        switch self {
        case .acknowledged(let digests):
            writer.begin(Kind.acknowledged.rawValue)
            writer.writeList(digests) { $0.write($1.bytes) }
        case .have(let records):
            writer.begin(Kind.have.rawValue)
            writer.write(records)
        case .submit(let entry, let signature):
            writer.begin(Kind.submit.rawValue)
            writer.writeLengthPrefixed(entry.encoded)
            writer.writeLengthPrefixed(signature)
        case .upload(let round, let chunks):
            writer.begin(Kind.upload.rawValue, round)
            writer.writeList(chunks) { $0.writeLengthPrefixed($1) }
        case .sealedShare(let round, let share):
            writer.begin(Kind.sealedShare.rawValue, round)
            writer.write(UInt32(share.dealer))
            writer.write(UInt32(share.recipient))
            writer.writeLengthPrefixed(share.bytes)
        case .answers(let answers):
            writer.begin(Kind.answers.rawValue, answers.round)
            writer.writeMap(answers.consistency.mapValues(\.bytes))
            writer.writeMap(answers.sketches.mapValues(\.bytes))
        case .nonceShares(let round, let shares):
            writer.begin(Kind.nonceShares.rawValue, round)
            writer.writeMap(shares)
        case .verdictSignature(let round, let signature):
            writer.begin(Kind.verdictSignature.rawValue, round)
            writer.writeLengthPrefixed(signature)
        case .keyShareSum(let round, let accepted, let bytes):
            writer.begin(Kind.keyShareSum.rawValue, round)
            writer.writeList(accepted) { $0.write(UInt32($1)) }
            writer.writeLengthPrefixed(bytes)
        case .modelRequest(let digest):
            writer.begin(Kind.modelRequest.rawValue)
            writer.write(digest.bytes)
        case .records(let records):
            writer.begin(Kind.records.rawValue)
            writer.writeList(records) { $0.writeLengthPrefixed($1.encoded) }
        case .relayed(let envelope):
            writer.begin(Kind.relayed.rawValue)
            writer.writeLengthPrefixed(envelope)
        case .openings(let round, let linearParts, let malformed, let answers):
            writer.begin(Kind.openings.rawValue, round)
            writer.writeMap(linearParts)
            writer.writeList(malformed) { $1.encode(into: &$0) }
            writer.writeList(answers) { $0.writeLengthPrefixed($1) }
        case .openedSum(let round, let blocks, let answers):
            writer.begin(Kind.openedSum.rawValue, round)
            writer.writeList(blocks) { $0.writeLengthPrefixed($1) }
            writer.writeList(answers) { $0.writeLengthPrefixed($1) }
        case .chunks(let round, let evidence):
            writer.begin(Kind.chunks.rawValue, round)
            writer.writeList(evidence) { $1.encode(into: &$0) }
        case .model(let parameters):
            writer.begin(Kind.model.rawValue)
            writer.writeList(parameters) { $0.write($1.bitPattern) }
        }
        return writer.bytes
    }

    /// - Throws: `FederationError(.malformedMessage)` or the ledger's decoding error.
    package init(decoding bytes: [UInt8], parameters: EncryptionParameters) throws {
        var reader = ByteReader(bytes)
        guard let kind = Kind(rawValue: try reader.uint8()) else {
            throw FederationError(.malformedMessage, "a message of an unknown kind")
        }
        switch kind {
        case .acknowledged: self = .acknowledged(try reader.list { try Digest(bytes: $0.bytes(count: 32)) })
        case .have: self = .have(records: try reader.uint64())
        case .submit:
            let entry = try LedgerEntry(decoding: reader.lengthPrefixed(max: Limits.envelopeBytesMax))
            self = .submit(entry: entry, signature: try reader.lengthPrefixed(max: 64))
        case .upload: self = .upload(round: try reader.uint32(), chunks: try reader.byteLists())
        case .sealedShare:
            let round = try reader.uint32()
            let dealer = Int(try reader.uint32())
            let recipient = Int(try reader.uint32())
            let share = SealedShare(dealer: dealer, recipient: recipient, bytes: try reader.byteList())
            self = .sealedShare(round: round, share)
        case .answers:
            let round = try reader.uint32()
            let consistency = try reader.map().mapValues { try ConsistencyAnswer(bytes: $0, parameters: parameters) }
            let sketches = try reader.map().mapValues { try SketchAnswer(bytes: $0, parameters: parameters) }
            self = .answers(OpeningAnswers(round: round, consistency: consistency, sketches: sketches))
        case .nonceShares: self = .nonceShares(round: try reader.uint32(), try reader.map())
        case .verdictSignature:
            self = .verdictSignature(round: try reader.uint32(), signature: try reader.lengthPrefixed(max: 64))
        case .keyShareSum:
            let round = try reader.uint32()
            let accepted = try reader.list { Int(try $0.uint32()) }
            self = .keyShareSum(round: round, accepted: accepted, bytes: try reader.byteList())
        case .modelRequest: self = .modelRequest(try Digest(bytes: reader.bytes(count: 32)))
        case .records: self = .records(try reader.list { try LedgerRecord(decoding: $0.byteList()) })
        case .relayed: self = .relayed(try reader.byteList())
        case .openings:
            let round = try reader.uint32()
            let linearParts = try reader.map()
            let malformed = try reader.list { try ChunkEvidence(decoding: &$0) }
            self = .openings(
                round: round, linearParts: linearParts, malformed: malformed, answers: try reader.byteLists())
        case .openedSum:
            let round = try reader.uint32()
            let blocks = try reader.byteLists()
            self = .openedSum(round: round, blocks: blocks, answers: try reader.byteLists())
        case .chunks:
            let round = try reader.uint32()
            self = .chunks(round: round, try reader.list { try ChunkEvidence(decoding: &$0) })
        case .model: self = .model(try reader.list { Float(bitPattern: try $0.uint32()) })
        }
        try reader.finish()
    }
}

extension ChunkEvidence {
    fileprivate func encode(into writer: inout ByteWriter) {
        writer.write(UInt32(member))
        writer.write(index)
        writer.writeLengthPrefixed(chunk)
        writer.writeList(path) { $0.write($1.bytes) }
    }

    fileprivate init(decoding reader: inout ByteReader) throws {
        let member = Int(try reader.uint32())
        let index = try reader.uint32()
        let chunk = try reader.byteList()
        self.init(
            member: member, index: index, chunk: chunk,
            path: try reader.list { try Digest(bytes: $0.bytes(count: 32)) })
    }
}

extension ByteWriter {
    fileprivate mutating func begin(_ kind: UInt8, _ round: UInt32? = nil) {
        write(kind)
        if let round { write(round) }
    }

    fileprivate mutating func writeList<Element>(
        _ elements: [Element], _ encode: (inout ByteWriter, Element) -> Void
    ) {
        write(UInt32(elements.count))
        for element in elements { encode(&self, element) }
    }

    /// Members in increasing order, so that equal maps have equal bytes.
    fileprivate mutating func writeMap(_ map: [Int: [UInt8]]) {
        writeList(map.keys.sorted()) { writer, member in
            writer.write(UInt32(member))
            writer.writeLengthPrefixed(map[member] ?? [])
        }
    }
}

extension ByteReader {
    fileprivate mutating func byteList() throws -> [UInt8] { try lengthPrefixed(max: Limits.envelopeBytesMax) }

    fileprivate mutating func byteLists() throws -> [[UInt8]] { try list { try $0.byteList() } }

    /// Every element takes at least a byte, so a count beyond what is left is a lie.
    fileprivate mutating func list<Element>(_ decode: (inout ByteReader) throws -> Element) throws -> [Element] {
        let count = Int(try uint32())
        guard count <= remaining else {
            throw FederationError(.malformedMessage, "a list of \(count) elements does not fit into \(remaining) bytes")
        }
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try decode(&self)) }
        return elements
    }

    fileprivate mutating func map() throws -> [Int: [UInt8]] {
        var map: [Int: [UInt8]] = [:]
        for (key, value) in try list({ (Int(try $0.uint32()), try $0.byteList()) }) {
            guard map.updateValue(value, forKey: key) == nil else {
                throw FederationError(.malformedMessage, "member \(key) occurs twice")
            }
        }
        return map
    }
}
