internal import Foundation
package import HomomorphicEncryption
package import Ledger
import MultipartyEncryption
package import SecureAggregation

/// The public values everybody derives from the ledger alone, kept so that they are derived once a round.
///
/// Nothing secret is in here: two roles in one process may share it without learning anything of each other.
///
/// The lock is one that sleeps: a derivation takes milliseconds, and Swift's `Mutex` spins while its holder runs.
/// Unchecked, because `derived` is only touched under that lock.
package final class PublicDerivations: @unchecked Sendable {
    private struct Derived: Sendable {
        var polynomials: [Digest: PublicPolynomials] = [:]
        var families: [Digest: SketchFamilies] = [:]
        var order: [Digest] = []
    }

    private let parameters: EncryptionParameters
    private let keepingBlocks: Bool
    private let lock = NSLock()
    private var derived = Derived()
    /// Rounds kept: the current one and the one before it, for stragglers.
    private static let entriesMax = 4

    /// - Parameter keepingBlocks: whether the public polynomials stay in memory, as large as a model; one who only opens
    ///   sums reads each once.
    package init(parameters: EncryptionParameters, keepingBlocks: Bool = true) {
        self.parameters = parameters
        self.keepingBlocks = keepingBlocks
    }

    package func polynomials(for round: Announcement) -> PublicPolynomials {
        polynomials(federation: round.federation, seed: round.seed)
    }

    package func polynomials(federation: Digest, seed: Digest) -> PublicPolynomials {
        lock.withLock {
            if let known = derived.polynomials[seed] { return known }
            let fresh = PublicPolynomials(
                parameters: parameters, federation: federation.bytes, seed: seed.bytes, keepingBlocks: keepingBlocks)
            derived.polynomials[seed] = fresh
            remember(seed)
            return fresh
        }
    }

    package func families(federation: Digest, seed: Digest, beacon: Digest) -> SketchFamilies {
        let polynomials = polynomials(federation: federation, seed: seed)
        return lock.withLock {
            if let known = derived.families[beacon] { return known }
            let fresh = SketchFamilies(parameters: parameters, polynomials: polynomials, beacon: beacon.bytes)
            derived.families[beacon] = fresh
            remember(beacon)
            return fresh
        }
    }

    private func remember(_ key: Digest) {
        derived.order.append(key)
        while derived.order.count > Self.entriesMax {
            let oldest = derived.order.removeFirst()
            derived.polynomials[oldest] = nil
            derived.families[oldest] = nil
        }
    }
}
