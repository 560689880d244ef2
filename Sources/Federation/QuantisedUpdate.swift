package import DifferentialPrivacy
import Ledger
package import RingArithmetic
import SecureAggregation

/// An update in integers, `‖u‖₂ ≤ B`: the very numbers that will be summed under encryption.
package struct QuantisedUpdate: Sendable {
    let values: [Int64]
    let event: PrivacyEvent?

    package init(values: [Int64], event: PrivacyEvent?) {
        self.values = values
        self.event = event
    }

    /// Encrypts under a fresh one-time key, deals the key's shares and seals each to its recipient's one-time key.
    package func encrypted(
        for round: Announcement, by member: Int, under agreement: Agreement, with publics: PublicDerivations,
        using rng: inout some CryptographicGenerator
    ) throws -> ProtectedUpdate {
        let dealing = try Dealing(
            update: values, parameters: agreement.encryption, sharing: agreement.sharing,
            polynomials: publics.polynomials(for: round),
            context: dealingContext(federation: round.federation, seed: round.seed, dealer: member),
            using: &rng)
        return try ProtectedUpdate(dealing: dealing, values: values, event: event, round: round, member: member)
    }
}
