internal import RingArithmetic

/// What one contribution is bound to: federation, round seed and member.
package struct DealingContext: Sendable, Hashable {
    package let federation: [UInt8]
    package let seed: [UInt8]
    package let member: Int

    package init(federation: [UInt8], seed: [UInt8], member: Int) {
        self.federation = federation
        self.seed = seed
        self.member = member
    }

    /// A digest of the three.
    package var bytes: [UInt8] {
        var transcript = TranscriptHash(domain: "cordon/dealing-context/v1")
        transcript.append(federation)
        transcript.append(seed)
        transcript.append(UInt64(member))
        return transcript.digest()
    }

    /// The digest of a nonce that a commitment holds.
    package func nonceDigest(of nonce: [UInt8]) -> [UInt8] {
        var transcript = TranscriptHash(domain: "cordon/nonce/v1")
        transcript.append(bytes)
        transcript.append(nonce)
        return transcript.digest()
    }
}
