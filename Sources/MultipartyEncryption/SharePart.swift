internal import RingArithmetic

/// The three things a dealer shares; each has a digest of its own, so that one can be shown without the others.
enum SharePart: Int, Sendable, CaseIterable {
    case key
    case mask
    case nonce

    /// `SHA-256(domain, context, dealer, recipient, salt, share)`.
    func digest(
        context: [UInt8], dealer: Int, recipient: Int, salt: some Collection<UInt8>, share: some Collection<UInt8>
    ) -> [UInt8] {
        var transcript = TranscriptHash(domain: "cordon/share/\(self)/v1")
        transcript.append(context)
        transcript.append(UInt64(dealer))
        transcript.append(UInt64(recipient))
        transcript.append(Array(salt))
        transcript.append(Array(share))
        return transcript.digest()
    }
}
