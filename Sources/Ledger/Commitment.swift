/// A member's binding statement of its encrypted update: what it uploaded, dealt, drew and spent.
package struct Commitment: Hashable, Sendable, Codable {
    /// The federation's digest: a commitment made for another federation is refused.
    package let federation: Digest
    package let round: UInt32
    /// RFC 9162 Merkle root over the ciphertext's chunks.
    package let ciphertextRoot: Digest
    package let blockCount: UInt32
    /// One a member, in their order: digests of the salted key, mask and nonce shares, 3 × 32 bytes.
    package let shareCommitments: [[UInt8]]
    /// Digest of the nonce that the member will reveal.
    package let nonceDigest: [UInt8]
    package let spend: PrivacySpend

    package init(
        federation: Digest, round: UInt32, ciphertextRoot: Digest, blockCount: UInt32, shareCommitments: [[UInt8]],
        nonceDigest: [UInt8], spend: PrivacySpend
    ) {
        self.federation = federation
        self.round = round
        self.ciphertextRoot = ciphertextRoot
        self.blockCount = blockCount
        self.shareCommitments = shareCommitments
        self.nonceDigest = nonceDigest
        self.spend = spend
    }

    /// The digest of the nonce share dealt to `recipient`: the last third of its share commitment.
    package func nonceShareDigest(for recipient: Int) -> [UInt8] { Array(shareCommitments[recipient][64..<96]) }
}
