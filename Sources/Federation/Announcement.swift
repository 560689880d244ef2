package import Ledger
package import SecureAggregation

/// What the ledger says of a round that has just opened, as a hospital needs it to contribute.
package struct Announcement: Sendable {
    package let federation: Digest
    package let round: UInt32
    /// Seed of the public polynomials: bound to the ledger entry that opened the round, so nobody chose it alone.
    package let seed: Digest
    /// The base model's parameters.
    package let model: [Float]
    /// One-time recipient keys the contract fixed for this round, by member; a member without one is absent.
    package let recipientKeys: [Int: [UInt8]]

    package init(federation: Digest, round: UInt32, seed: Digest, model: [Float], recipientKeys: [Int: [UInt8]]) {
        self.federation = federation
        self.round = round
        self.seed = seed
        self.model = model
        self.recipientKeys = recipientKeys
    }

    /// Binds a sealed share to its place: nobody can replay another's shares (PROTOCOL, key shares, (R)).
    package func sealInfo(dealer: Int, recipient: Int, ciphertextRoot: Digest) -> [UInt8] {
        shareInfo(
            federation: federation, round: round, dealer: dealer, recipient: recipient, ciphertextRoot: ciphertextRoot)
    }
}

/// HPKE `info` of one sealed share: (federation, round, dealer, recipient, ciphertext root).
package func shareInfo(
    federation: Digest, round: UInt32, dealer: Int, recipient: Int, ciphertextRoot: Digest
) -> [UInt8] {
    var info = Array("cordon/sealed-share/v1".utf8) + federation.bytes
    for value in [round, UInt32(dealer), UInt32(recipient)] {
        info += withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }
    return info + ciphertextRoot.bytes
}

/// What a dealer's shares, digests and nonce are bound to: this federation, this round, this dealer.
package func dealingContext(federation: Digest, seed: Digest, dealer: Int) -> DealingContext {
    DealingContext(federation: federation.bytes, seed: seed.bytes, member: dealer)
}
