/// Entry 0: what the federation is. Its digest is the federation's identity and stands in every signature.
package struct FederationFoundation: Hashable, Sendable, Codable {
    /// A hospital: its name and Ed25519 public key. Its index in `members` is its evaluation point less one.
    package struct Member: Hashable, Sendable, Codable {
        package let name: String
        package let publicKey: [UInt8]

        package init(name: String, publicKey: [UInt8]) {
            self.name = name
            self.publicKey = publicKey
        }
    }

    package let name: String
    /// Digest of the agreement that every party read.
    package let agreementDigest: Digest
    package let coordinatorKey: [UInt8]
    package let members: [Member]
    /// t: members needed to open anything.
    package let threshold: Int
    /// c: members that may be malicious and collude with the coordinator.
    package let corruptible: Int
    /// Length of a one-time recipient public key.
    package let recipientKeyBytes: Int
    /// Ciphertext blocks (chunks) of one update.
    package let blockCount: UInt32
    /// A member's whole budget in ε·10⁶; 0 where the agreement asks for no patient-level privacy.
    package let epsilonBudgetMicros: UInt64
    /// δ = 10^−deltaExponent; 0 without privacy.
    package let deltaExponent: UInt8
    /// Digest of the model that round 1 starts from.
    package let initialModel: Digest
    /// Rounds that may ever be opened.
    package let maximumRounds: UInt32

    package init(
        name: String, agreementDigest: Digest, coordinatorKey: [UInt8], members: [Member], threshold: Int,
        corruptible: Int, recipientKeyBytes: Int, blockCount: UInt32, epsilonBudgetMicros: UInt64,
        deltaExponent: UInt8, initialModel: Digest, maximumRounds: UInt32
    ) {
        self.name = name
        self.agreementDigest = agreementDigest
        self.coordinatorKey = coordinatorKey
        self.members = members
        self.threshold = threshold
        self.corruptible = corruptible
        self.recipientKeyBytes = recipientKeyBytes
        self.blockCount = blockCount
        self.epsilonBudgetMicros = epsilonBudgetMicros
        self.deltaExponent = deltaExponent
        self.initialModel = initialModel
        self.maximumRounds = maximumRounds
    }

    /// The federation's identity: the digest of this foundation's encoding.
    package var digest: Digest {
        Digest.of(LedgerEntry.foundation(self).encoded, domain: "cordon/federation/v1")
    }

    /// Fewest accepted updates that a sum may be made of: `max(⌊n/2⌋ + 1, c + 2)`.
    package var minimumAccepted: Int { max(members.count / 2 + 1, corruptible + 2) }

    /// Shares of one dealer that may be published: with these and the c shares of a coalition, t are not reached.
    package var maximumPublishedShares: Int { threshold - 1 - corruptible }

    package func publicKey(of author: Author) -> [UInt8]? {
        switch author {
        case .coordinator: coordinatorKey
        case .member(let index): members.indices.contains(index) ? members[index].publicKey : nil
        }
    }
}
