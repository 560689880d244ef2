import DifferentialPrivacy
package import HomomorphicEncryption
package import RingArithmetic
import SecureAggregation

/// An update whose L2 norm is at most the agreement's clip norm `C`.
package struct BoundedUpdate: Sendable {
    package let values: [Float]
    let clipNorm: Double
    let event: PrivacyEvent?

    /// Rounds to the integer grid `C/B` without bias; the integers' norm is at most `B` after rounding.
    package func quantised(
        on parameters: EncryptionParameters, using rng: inout some CryptographicGenerator
    ) -> QuantisedUpdate {
        QuantisedUpdate(
            values: quantise(values, clipNorm: clipNorm, normBound: parameters.normBound, using: &rng), event: event)
    }
}
