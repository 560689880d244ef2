/// The cryptographic checks of the contract that need more than hashes and signatures. They must be pure functions of
/// their arguments and of the agreement, so that every replica and auditor reaches the same state.
package struct ContractChecks: Sendable {
    /// What a dealt share is bound to.
    package struct DealingContext: Hashable, Sendable {
        package let federation: Digest
        package let round: UInt32
        /// `RoundState.seed` of the round.
        package let roundSeed: Digest
        package let dealer: Int
        package let recipient: Int
        package let ciphertextRoot: Digest
    }

    /// Whether a round that opened at this instant, in milliseconds, has the deadlines that the agreement gives it:
    /// nobody shortens a phase to shut hospitals out, or draws one out so that a round never ends.
    package let areAgreedDeadlines: @Sendable (_ deadlines: RoundDeadlines, _ openedAt: UInt64) -> Bool
    /// Whether a one-time recipient public key can be sealed to.
    package let isWellFormedRecipientKey: @Sendable (_ publicKey: [UInt8]) -> Bool
    /// Whether a salted nonce share matches the 32-byte nonce part of its share commitment.
    package let saltedNonceShareMatches:
        @Sendable (_ share: [UInt8], _ digest: [UInt8], _ context: DealingContext) -> Bool
    /// Whether a whole dealt share matches its 96-byte share commitment.
    package let dealtShareMatches:
        @Sendable (_ share: [UInt8], _ commitment: [UInt8], _ context: DealingContext) -> Bool
    /// Whether a nonce is the one that its owner's commitment fixed.
    package let nonceMatches: @Sendable (_ nonce: [UInt8], _ digest: [UInt8], _ context: DealingContext) -> Bool
    /// The nonce with these shares by recipient; nil if they are not on one polynomial of degree t − 1.
    package let reconstructNonce: @Sendable (_ shares: [Int: [UInt8]]) -> [UInt8]?

    package init(
        areAgreedDeadlines: @escaping @Sendable (_ deadlines: RoundDeadlines, _ openedAt: UInt64) -> Bool,
        isWellFormedRecipientKey: @escaping @Sendable (_ publicKey: [UInt8]) -> Bool,
        saltedNonceShareMatches:
            @escaping @Sendable (
                _ share: [UInt8], _ digest: [UInt8], _ context: DealingContext
            ) -> Bool,
        dealtShareMatches:
            @escaping @Sendable (
                _ share: [UInt8], _ commitment: [UInt8], _ context: DealingContext
            ) -> Bool,
        nonceMatches:
            @escaping @Sendable (
                _ nonce: [UInt8], _ digest: [UInt8], _ context: DealingContext
            ) -> Bool,
        reconstructNonce: @escaping @Sendable (_ shares: [Int: [UInt8]]) -> [UInt8]?
    ) {
        self.areAgreedDeadlines = areAgreedDeadlines
        self.isWellFormedRecipientKey = isWellFormedRecipientKey
        self.saltedNonceShareMatches = saltedNonceShareMatches
        self.dealtShareMatches = dealtShareMatches
        self.nonceMatches = nonceMatches
        self.reconstructNonce = reconstructNonce
    }
}
