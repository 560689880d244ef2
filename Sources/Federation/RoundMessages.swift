import HomomorphicEncryption
import Ledger
import MultipartyEncryption
import SecureAggregation

/// Sizes of the messages of a round in which everybody takes part, found by encoding messages of zeros.
struct RoundMessages {
    let parameters: EncryptionParameters
    let threshold: Int
    let signature = Zeros.bytes(64)

    private var members: Int { parameters.members }

    /// Bytes of a message of `count` equal elements.
    private static func size(_ count: Int, of message: (Int) -> Message) -> Int {
        let none = message(0).encoded.count
        return none + count * (message(1).encoded.count - none)
    }

    /// The names of one ciphertext's chunks; the chunks themselves travel beside it.
    var upload: Int { Self.size(parameters.blocks) { .upload(round: 1, names: Self.names($0)) } }

    private static func names(_ count: Int) -> [Digest] { Array(repeating: Zeros.digest, count: count) }

    var commitment: LedgerEntry {
        .commit(
            Commitment(
                federation: Zeros.digest, round: 1, ciphertextRoot: Zeros.digest, blockCount: UInt32(parameters.blocks),
                shareCommitments: Array(
                    repeating: Zeros.bytes(LedgerLimits.shareCommitmentBytes), count: members),
                nonceDigest: Zeros.bytes(Digest.byteCount),
                spend: PrivacySpend(
                    noiseMultiplierMicros: 0, samplingRateMicros: 0, steps: 0, epsilonMicrosAfter: 0)))
    }

    var commitments: Int {
        let record = LedgerRecord(
            index: 1, timestampMilliseconds: 1, author: .member(0), payload: commitment.encoded, signature: signature)
        return Self.size(members) { .records(Array(repeating: record, count: $0)) }
    }

    /// One share, sealed, in its message.
    var sealedShare: Int {
        let bytes = Zeros.bytes(RecipientSuite.sealedBytes(of: parameters.keyShareBytes))
        return Message.sealedShare(round: 1, SealedShare(dealer: 0, recipient: 0, bytes: bytes)).encoded.count
    }

    /// One helper's answers about everybody.
    var answers: Int {
        let consistency = Zeros.bytes(16 * parameters.moduli.count)
        guard let sketch = try? SketchAnswer(bytes: Zeros.bytes(sketchBytes), parameters: parameters),
            let answer = try? ConsistencyAnswer(bytes: consistency, parameters: parameters)
        else { preconditionFailure("zeros of the right length are answers") }
        return Self.size(members) { count in
            .answers(
                OpeningAnswers(
                    round: 1, consistency: count == 0 ? [:] : [0: answer], sketches: count == 0 ? [:] : [0: sketch]))
        }
    }

    /// 47 bits a residue.
    private var sketchBytes: Int { parameters.sketchCoordinates / 8 * 47 * parameters.moduli.count }

    var keyShareSum: Int {
        Message.keyShareSum(round: 1, accepted: Array(0..<members), bytes: Zeros.bytes(parameters.blockBytes))
            .encoded.count
    }

    var openings: Int {
        let envelope = Zeros.bytes(Envelope.byteCount(payload: answers))
        let part = Zeros.bytes(sketchBytes)
        return Self.size(members) { count in
            .openings(
                round: 1, linearParts: count == 0 ? [:] : [0: part], malformed: [],
                answers: Array(repeating: envelope, count: count))
        }
    }

    /// Names of the sum's blocks, which travel beside it, and the answers of `t` helpers.
    var openedSum: Int {
        let answer = Zeros.bytes(Envelope.byteCount(payload: keyShareSum))
        let sum = Self.size(parameters.blocks) { .openedSum(round: 1, blocks: Self.names($0), answers: []) }
        return sum
            + Self.size(threshold) { .openedSum(round: 1, blocks: [], answers: Array(repeating: answer, count: $0)) }
            - Message.openedSum(round: 1, blocks: [], answers: []).encoded.count
    }

    /// Names of everybody's chunks.
    var chunks: Int {
        let none = Message.chunks(round: 1, ciphertexts: [:]).encoded.count
        let one = Self.size(parameters.blocks) { .chunks(round: 1, ciphertexts: [0: Self.names($0)]) }
        return none + members * (one - none)
    }

    var largestEnvelope: Int {
        Envelope.byteCount(payload: [upload, openings, openedSum, chunks].max() ?? 0)
    }
}
