package import Ledger
import SecureAggregation

/// Everything that can travel between a hospital and the coordinator: a closed set, and only protected types are in it.
/// Ciphertexts and models travel as chunks, which messages name by their digests (decision 0014).
package enum Message: Sendable, Hashable {
    // Both ways
    /// "I have these": digests of envelopes received.
    case acknowledged([Digest])

    // Hospital to coordinator
    /// "My copy of the ledger has this many records."
    case have(records: UInt64)
    /// "I executed the ledger's first `size` records; this is my cosignature of the checkpoint over them."
    case cosigned(size: UInt64, signature: [UInt8])
    /// An entry for the ledger with its author's signature.
    case submit(entry: LedgerEntry, signature: [UInt8])
    /// Names of the chunks of a contribution's ciphertext, which the coordinator fetches.
    case upload(round: UInt32, names: [Digest])
    /// One dealt share under its recipient's one-time key; the coordinator relays the envelope unopened.
    case sealedShare(round: UInt32, SealedShare)
    /// Openings 1 and 2, for the closed set.
    case answers(OpeningAnswers)
    /// Nonce parts of the shares of members who withhold their nonce.
    case nonceShares(round: UInt32, [Int: [UInt8]])
    /// Signature under the verdict this hospital recomputed.
    case verdictSignature(round: UInt32, signature: [UInt8])
    /// Opening 3: the share of the sum of the accepted hospitals' secrets.
    case keyShareSum(round: UInt32, accepted: [Int], bytes: [UInt8])
    /// "I missed a round: send me the published model with this digest."
    case modelRequest(Digest)

    // Coordinator to hospital
    /// Ledger records in order, from some index on.
    case records([LedgerRecord])
    /// Another hospital's signed envelope, passed on as it came.
    case relayed([UInt8])
    /// What the verdict rests on: linear parts, evidence of malformed chunks, helpers' signed answers.
    case openings(round: UInt32, linearParts: [Int: [UInt8]], malformed: [ChunkEvidence], answers: [[UInt8]])
    /// Names of the encrypted sum's blocks, and helpers' signed answers to opening 3.
    case openedSum(round: UInt32, blocks: [Digest], answers: [[UInt8]])
    /// Names of all chunks of the accepted ciphertexts: a checker fetches those of its blocks.
    case chunks(round: UInt32, ciphertexts: [Int: [Digest]])
    /// Names of a published model's chunks; what they hold must have the digest on the ledger.
    case model(names: [Digest])
}
