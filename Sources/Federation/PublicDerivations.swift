package import HomomorphicEncryption
package import Ledger
import MultipartyEncryption
package import SecureAggregation
import Synchronization

/// The public values everybody derives from the ledger alone, kept so that they are derived once a round.
///
/// Nothing secret is in here: two roles in one process may share it without learning anything of each other.
package final class PublicDerivations: Sendable {
    private struct Derived: Sendable {
        var polynomials: [Digest: PublicPolynomials] = [:]
        var families: [Digest: SketchFamilies] = [:]
        var order: [Digest] = []
    }

    private let parameters: EncryptionParameters
    private let derived = Mutex(Derived())
    /// Rounds kept: the current one and the one before it, for stragglers.
    private static let entriesMax = 4

    package init(parameters: EncryptionParameters) {
        self.parameters = parameters
    }

    package func polynomials(for round: Announcement) -> PublicPolynomials {
        polynomials(federation: round.federation, seed: round.seed)
    }

    package func polynomials(federation: Digest, seed: Digest) -> PublicPolynomials {
        derived.withLock { derived in
            if let known = derived.polynomials[seed] { return known }
            let fresh = PublicPolynomials(parameters: parameters, federation: federation.bytes, seed: seed.bytes)
            derived.polynomials[seed] = fresh
            Self.remember(seed, in: &derived)
            return fresh
        }
    }

    package func families(federation: Digest, seed: Digest, beacon: Digest) -> SketchFamilies {
        let polynomials = polynomials(federation: federation, seed: seed)
        return derived.withLock { derived in
            if let known = derived.families[beacon] { return known }
            let fresh = SketchFamilies(parameters: parameters, polynomials: polynomials, beacon: beacon.bytes)
            derived.families[beacon] = fresh
            Self.remember(beacon, in: &derived)
            return fresh
        }
    }

    private static func remember(_ key: Digest, in derived: inout Derived) {
        derived.order.append(key)
        while derived.order.count > entriesMax {
            let oldest = derived.order.removeFirst()
            derived.polynomials[oldest] = nil
            derived.families[oldest] = nil
        }
    }
}
