import Federation
import HomomorphicEncryption
import Ledger
import MultipartyEncryption

extension Decoder {
    /// Messages, envelopes, ledger entries and records, signed notes and agreed parameters.
    static func protocols() throws -> [Decoder] {
        let parameters = try EncryptionParameters(
            set: .tiny, dimension: 1217, members: 3, patientLevelPrivacy: false)
        let identity = try Identity(seed: [UInt8](repeating: 1, count: 32), name: "hospital-0")
        let digest = Digest.sha256([1])
        let chunks: [[UInt8]] = [[1, 2, 3], [4, 5]]
        let tree = ChunkTree(chunks)
        let evidence = chunks.indices.map { ChunkEvidence(member: 1, proof: tree.proof(of: $0)) }
        let entries: [LedgerEntry] = [
            .recipientKeys(firstIndex: 0, keys: [[1, 2], [3]]),
            .commit(
                Commitment(
                    federation: digest, round: 1, ciphertextRoot: digest, blockCount: 2,
                    shareCommitments: (0..<3).map { [UInt8](repeating: $0, count: 96) },
                    nonceDigest: digest.bytes, spend: .none)),
            .close(round: 1), .reveal(round: 1, nonce: [UInt8](repeating: 2, count: 32)),
            .complaint(round: 1, dealer: 2), .justification(round: 1, recipient: 1, share: [7, 8, 9]),
            .sketch(round: 1, answersDigest: digest, sketchesDigest: digest, inconsistentDealers: [1]),
            .report(round: 1, blocks: [0, 1], agrees: true, observed: [digest, digest]),
            .vote(round: 1, candidate: digest, approve: true), .publish(round: 1, model: digest, parent: digest),
        ]
        let records = entries.enumerated().map { index, entry in
            LedgerRecord(
                index: UInt64(index), timestampMilliseconds: 5, author: .member(0), payload: entry.encoded,
                signature: [UInt8](repeating: 3, count: 64))
        }
        let messages: [Message] = [
            .acknowledged([digest]), .have(records: 3),
            .submit(entry: entries[1], signature: [UInt8](repeating: 3, count: 64)),
            .upload(round: 1, names: tree.names.digests),
            .sealedShare(round: 1, SealedShare(dealer: 0, recipient: 1, bytes: [1, 2, 3])),
            .nonceShares(round: 1, [0: [1], 2: [2]]), .verdictSignature(round: 1, signature: [1, 2]),
            .keyShareSum(round: 1, accepted: [0, 2], bytes: [1, 2, 3]), .modelRequest(digest),
            .cosigned(size: 7, signature: Array(repeating: 1, count: 72)), .records(records),
            .relayed([1, 2, 3]),
            .openings(
                round: 1, linearParts: [1: [1, 2]], malformed: evidence,
                answers: chunks),
            .openedSum(round: 1, blocks: tree.names.digests, answers: chunks),
            .chunks(round: 1, ciphertexts: [0: tree.names.digests, 2: []]), .model(names: tree.names.digests),
        ]
        let envelopes = try messages.map { try Envelope($0, from: .member(0), signedBy: identity, in: digest).bytes }
        var note = try SignedNote(text: "cordon\n1\n\(digest.hex)\n")
        try note.sign(by: identity)
        return [
            Decoder("message", messages.map(\.encoded)) { bytes in
                let message = try Message(decoding: bytes, parameters: parameters)
                guard message.encoded == bytes else { throw NotCanonical() }
            },
            Decoder("envelope", envelopes) { _ = try Envelope(bytes: $0) },
            Decoder("ledger entry", entries.map(\.encoded)) { bytes in
                guard try LedgerEntry(decoding: bytes).encoded == bytes else { throw NotCanonical() }
            },
            Decoder("ledger record", records.map(\.leafBytes)) { bytes in
                let record = try LedgerRecord(decoding: bytes)
                guard record.leafBytes == bytes else { throw NotCanonical() }
                _ = try record.entry()
            },
            Decoder("signed note", [Array(note.encoded.utf8)]) { bytes in
                _ = try SignedNote(decoding: String(decoding: bytes, as: UTF8.self))
            },
        ]
    }

    /// Bytes decoded to something that encodes to other bytes.
    struct NotCanonical: Error {}
}
