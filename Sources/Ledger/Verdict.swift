/// The accepted set of a round, a reason for each exclusion, and the signatures of at least t members over both.
package struct Verdict: Hashable, Sendable, Codable {
    /// One member left out of the sum, with the numbers behind the reason.
    package struct Exclusion: Hashable, Sendable, Codable {
        package let member: Int
        package let reason: ExclusionReason
        /// Integers that the rule compared, e.g. measured value and bound.
        package let details: [Int64]

        package init(member: Int, reason: ExclusionReason, details: [Int64] = []) {
            self.member = member
            self.reason = reason
            self.details = details
        }
    }

    package struct Signature: Hashable, Sendable, Codable {
        package let member: Int
        package let signature: [UInt8]

        package init(member: Int, signature: [UInt8]) {
            self.member = member
            self.signature = signature
        }
    }

    package let round: UInt32
    /// V, ascending.
    package let accepted: [Int]
    /// U without V, ascending by member.
    package let exclusions: [Exclusion]
    /// The ledger's size that the signers saw: it closes contests.
    package let position: UInt64
    /// Name of the chunk that holds what the rounds so far, this one included, say of planted triggers; nil where the
    /// agreement has no such rule.
    package let suspicion: Digest?
    /// Ascending by member.
    package let signatures: [Signature]

    package init(
        round: UInt32, accepted: [Int], exclusions: [Exclusion], position: UInt64, suspicion: Digest? = nil,
        signatures: [Signature]
    ) {
        self.round = round
        self.accepted = accepted
        self.exclusions = exclusions
        self.position = position
        self.suspicion = suspicion
        self.signatures = signatures
    }
}

/// What a member signs to agree to a verdict.
/// - Parameter candidates: U, ascending, as it stands after removals.
/// - Parameter position: the ledger's size at signing; no contest may follow it.
/// - Parameter suspicion: of the verdict; signed, so that whoever was away may take it from the ledger.
package func verdictMessage(
    federation: Digest, round: UInt32, candidates: [Int], accepted: [Int], exclusions: [Verdict.Exclusion],
    position: UInt64, suspicion: Digest? = nil
) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(suspicion == nil ? "cordon/verdict/v1" : "cordon/verdict/v2")
    writer.append(federation)
    writer.append(round)
    writer.append(list: candidates) { $0.append(member: $1) }
    writer.append(list: accepted) { $0.append(member: $1) }
    writer.append(list: exclusions) { $1.encode(to: &$0) }
    writer.append(position)
    if let suspicion { writer.append(suspicion) }
    return writer.bytes
}
