import FederationFixtures
import HomomorphicEncryption
import Ledger
import RingArithmetic
import Testing

@testable import Federation

/// What travels is signed, bound to its federation, and parsed only then.
@Suite struct EnvelopeTests {
    static let given = Result { try TestFederation() }

    @Test func signatureIsCheckedOverEveryByte() throws {
        let given = try Self.given.get()
        let bytes = try given.envelope(.have(records: 7), from: .member(1)).bytes
        #expect(
            try Verified(verifying: Envelope(bytes: bytes), under: given.agreement, in: given.federation).value
                == .have(records: 7))
        for index in bytes.indices {
            for bit in [UInt8(1), 128] {
                var altered = bytes
                altered[index] ^= bit
                #expect(verified(altered, given) == nil, "byte \(index)")
            }
        }
        for count in 0..<bytes.count { #expect(verified(Array(bytes[..<count]), given) == nil) }
        #expect(verified(bytes + [0], given) == nil)
    }

    @Test func senderCannotBeClaimed() throws {
        let given = try Self.given.get()
        let federation = try given.federation
        let message = Message.have(records: 7)
        for claimed in [Author.coordinator, .member(0), .member(5), .member(99)] {
            let envelope = try Envelope(message, from: claimed, signedBy: given.identities[1], in: federation)
            #expect(verified(envelope.bytes, given) == nil, "\(claimed)")
        }
    }

    @Test func messageOfAnotherFederationIsRefused() throws {
        let given = try Self.given.get()
        let other = try TestFederation(pipeline: "another")
        #expect(try given.federation != other.federation)
        let foreign = try other.envelope(.have(records: 7), from: .member(1))
        #expect(verified(foreign.bytes, given) == nil)
        #expect(verified(foreign.bytes, other) == .have(records: 7))
    }

    private func verified(_ bytes: [UInt8], _ given: TestFederation) -> Message? {
        (try? Verified(verifying: Envelope(bytes: bytes), under: given.agreement, in: given.federation))?.value
    }

    /// Messages of a whole run with everything in it, and those a run may lack.
    static func samples() throws -> [Message] {
        let given = try TestFederation(rounds: 2)
        var rehearsal = try Rehearsal(given)
        rehearsal.isSilent = { member, round, phase in member == 4 && round == 1 && phase >= .reveal }
        try rehearsal.run()
        let parameters = given.agreement.encryption
        let fromRun = try rehearsal.delivered.map {
            try Message(decoding: Envelope(bytes: $0.bytes).payload, parameters: parameters)
        }
        let chunks: [[UInt8]] = [[1, 2, 3], [4], []]
        let evidence = chunks.indices.map { ChunkEvidence(member: 2, proof: ChunkTree(chunks).proof(of: $0)) }
        let made: [Message] = [
            .have(records: .max), .acknowledged([]), .nonceShares(round: 3, [0: [], 4: [1, 2]]),
            .openings(round: 1, linearParts: [2: [1], 0: [9, 9]], malformed: evidence, answers: [[], [5]]),
            .chunks(round: 9, ciphertexts: [1: [], 0: ChunkTree(chunks).names.digests]),
            .model(names: ChunkTree(chunks).names.digests),
        ]
        return fromRun + made
    }

    @Test func everyMessageSurvivesItsEncoding() throws {
        let parameters = try Self.given.get().agreement.encryption
        var kinds: Set<UInt8> = []
        for message in try Self.samples() {
            let encoded = message.encoded
            kinds.insert(encoded[0])
            let decoded = try Message(decoding: encoded, parameters: parameters)
            #expect(decoded == message)
            #expect(decoded.encoded == encoded)
        }
        #expect(kinds == Set(1...11).union(Set(32...37)), "every kind of message must have been seen")
    }

    /// Nothing that comes off the wire crashes the reader, and what it accepts it can say again.
    @Test func mutatedMessagesAreReadOrRefused() throws {
        let parameters = try Self.given.get().agreement.encryption
        var rng = KeyedStream(key: [1], label: "message fuzz", indices: [])
        var byKind: [UInt8: [UInt8]] = [:]
        for message in try Self.samples() where (byKind[message.encoded[0]]?.count ?? 0) <= message.encoded.count {
            byKind[message.encoded[0]] = message.encoded
        }
        var refused = 0
        for kind in byKind.keys.sorted() {
            let original = try #require(byKind[kind])
            for _ in 0..<150 {
                var bytes = original
                for _ in 0..<Int.random(in: 1...4, using: &rng) {
                    // Counts and addresses stand near the front.
                    let end = Bool.random(using: &rng) ? min(48, bytes.count) : bytes.count
                    bytes[Int.random(in: 0..<end, using: &rng)] = UInt8.random(in: 0...255, using: &rng)
                }
                if Bool.random(using: &rng) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &rng)) }
                guard let message = try? Message(decoding: bytes, parameters: parameters) else {
                    refused += 1
                    continue
                }
                #expect((try? Message(decoding: message.encoded, parameters: parameters)) != nil)
            }
        }
        #expect(refused > 500)
    }

    @Test func lengthsBeyondTheBytesAreRefused() throws {
        let parameters = try Self.given.get().agreement.encryption
        // A model of 2^32 − 1 chunks in five bytes; an upload of 2^24 in nine; an unknown kind; nothing at all.
        for bytes in [[37, 255, 255, 255, 255], [4, 0, 0, 0, 1, 1, 0, 0, 0], [99], []] as [[UInt8]] {
            #expect(throws: (any Error).self) { try Message(decoding: bytes, parameters: parameters) }
        }
    }

    @Test func falseChunkEvidenceBelongsToNoCommitment() throws {
        let given = try TestFederation()
        let chunks: [[UInt8]] = [[1, 2, 3], [4, 5, 6]]
        let commitment = Commitment(
            federation: try given.federation, round: 1, ciphertextRoot: merkleRoot(ofChunks: chunks), blockCount: 2,
            shareCommitments: [], nonceDigest: [], spend: .none)
        let good = ChunkEvidence(member: 0, proof: ChunkTree(chunks).proof(of: 1))
        #expect(good.belongs(to: commitment))
        let path = good.proof.path
        let digest = commitment.ciphertextRoot
        for (chunk, index, count, path) in [
            ([4, 5, 7], 1, 2, path), ([4, 5, 6], 0, 2, path), ([4, 5, 6], 2, 2, path), ([4, 5, 6], 1, 3, path),
            ([4, 5, 6], 1, 2, []), ([4, 5, 6], 1, 2, path + [digest]), ([], 0, 0, []),
            ([4, 5, 6], Int(UInt32.max), Int(UInt32.max), path),
        ] as [([UInt8], Int, Int, [Digest])] {
            let proof = ChunkProof(chunk: chunk, index: index, chunkCount: count, path: path)
            #expect(!ChunkEvidence(member: 0, proof: proof).belongs(to: commitment))
        }
    }
}
