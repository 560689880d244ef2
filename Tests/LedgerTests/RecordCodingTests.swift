import Ledger
import Testing

@Suite struct RecordCodingTests {
    /// Every kind of entry, most of them as a real run writes them.
    private static func records() throws -> [LedgerRecord] {
        var federation = try TestFederation()
        try federation.advance(to: .reveal)
        try federation.post(.member(1), .complaint(round: 1, dealer: 0))
        try federation.post(.member(0), .justification(round: 1, recipient: 1, share: federation.dealtShare(0, 1)))
        for member in 0..<4 { try federation.post(.member(member), .reveal(round: 1, nonce: federation.nonce(member))) }
        try federation.openNonce(of: 4, by: 0..<4)
        try federation.advance(to: .verdict)
        try federation.contest(2, 3)
        let exclusion = Verdict.Exclusion(member: 4, reason: .normOutOfRange, details: [.min, 0, .max])
        try federation.post(.coordinator, .verdict(try federation.verdict(excluding: [exclusion])))
        try federation.advance(to: .vote)
        try federation.vote(0..<4, approve: true)
        try federation.publish()
        try federation.advance(to: .report)
        try federation.post(
            .coordinator, .rollback(round: 2, reason: .sketchOfSumMismatch, accused: .member(3)))
        try federation.advance(to: .commit)
        try federation.post(
            .coordinator, .abandon(round: 3, phase: .commit, reason: .deadline), at: federation.deadlines.reveal)
        return federation.log.records
    }

    @Test func everyRecordRoundTrips() throws {
        let records = try Self.records()
        #expect(Set(records.map { $0.payload[1] }) == Set(1...19), "every kind of entry is here")
        for record in records {
            #expect(try LedgerRecord(decoding: record.leafBytes) == record)
            let entry = try record.entry()
            #expect(entry.encoded == record.payload)
        }
    }

    /// 20 000 mutations: none crashes, and what still decodes is canonical.
    @Test func mutatedBytesNeverCrashAndDecodeCanonicallyOrNotAtAll() throws {
        let records = try Self.records()
        var generator = SplitMix(state: 7)
        for _ in 0..<20_000 {
            var bytes = records[Int(generator.next() % UInt64(records.count))].payload
            for _ in 0...generator.next() % 3 {
                let place = Int(generator.next() % UInt64(bytes.count))
                switch generator.next() % 4 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
                case 1: bytes.removeLast(min(bytes.count - 1, Int(generator.next() % 8)))
                case 2: bytes.append(UInt8(truncatingIfNeeded: generator.next()))
                default: bytes.insert(0xff, at: place)
                }
            }
            if let entry = try? LedgerEntry(decoding: bytes) { #expect(entry.encoded == bytes) }
            if let record = try? LedgerRecord(decoding: bytes) { #expect(record.leafBytes == bytes) }
        }
    }

    @Test func digestsOfDifferentPurposesDiffer() throws {
        #expect(Digest.of([1], domain: "a") != Digest.of([1], domain: "b"))
        #expect(Digest.of([0x62], domain: "a") != Digest.of([], domain: "ab"))
        #expect(
            Digest.sha256(Array("abc".utf8)).hex
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    /// RFC 8032, section 7.1, test 1.
    @Test func signaturesAreEd25519AndDeterministic() throws {
        let seed = try #require(
            decodeHexadecimal("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
        let identity = try Identity(seed: seed, name: "rfc8032")
        #expect(
            hexadecimal(identity.publicKey)
                == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
        let signature = try identity.sign([])
        #expect(hexadecimal(signature).hasPrefix("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555f"))
        #expect(try identity.sign([]) == signature)
        #expect(isValidSignature(signature, for: [], by: identity.publicKey))
        #expect(!isValidSignature(signature, for: [1], by: identity.publicKey))
        #expect(throws: LedgerError.self) { try Identity(seed: [1], name: "short") }
        #expect(throws: LedgerError.self) { try Identity(seed: seed, name: "two words") }
    }
}

/// Steele, Lea and Flood's SplitMix64: reproducible test input.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
