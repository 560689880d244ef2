package import DifferentialPrivacy
package import Ledger
import MultipartyEncryption
package import SecureAggregation

/// An encrypted update with its key dealt and sealed. Its dealing is the hospital's secret until the round ends.
package struct ProtectedUpdate: Sendable {
    package let chunks: [[UInt8]]
    package let ciphertextRoot: Digest
    package let sealedShares: [SealedShare]
    package let secrets: RoundSecrets
    let shareCommitments: [[UInt8]]
    let nonceDigest: [UInt8]
    let event: PrivacyEvent?

    /// - Parameter chunks: what is uploaded instead of the dealing's own ciphertext; attackers in simulation use it.
    package init(
        dealing: Dealing, values: [Int64], event: PrivacyEvent?, round: Announcement, member: Int,
        chunks: [[UInt8]]? = nil
    ) throws {
        let uploaded = chunks ?? dealing.update.blocks
        let root = merkleRoot(ofChunks: uploaded)
        self.chunks = uploaded
        ciphertextRoot = root
        sealedShares = try round.recipientKeys.keys.sorted().map { recipient in
            let info = round.sealInfo(dealer: member, recipient: recipient, ciphertextRoot: root)
            let key = round.recipientKeys[recipient] ?? []
            return SealedShare(
                dealer: member, recipient: recipient,
                bytes: try seal(dealing.share(for: recipient).bytes, to: key, info: info))
        }
        secrets = RoundSecrets(dealing: dealing, values: values)
        shareCommitments = dealing.commitments.map(\.bytes)
        nonceDigest = dealing.nonceDigest
        self.event = event
    }

    /// The commitment for the ledger, and what is uploaded beside it.
    package func committed(in round: UInt32, spending spend: Ledger.PrivacySpend, federation: Digest) -> Contribution {
        Contribution(
            commitment: Commitment(
                federation: federation, round: round, ciphertextRoot: ciphertextRoot, blockCount: UInt32(chunks.count),
                shareCommitments: shareCommitments, nonceDigest: nonceDigest, spend: spend),
            chunks: chunks, sealedShares: sealedShares)
    }
}
