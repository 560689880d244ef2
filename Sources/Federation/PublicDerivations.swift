internal import Foundation
import HomomorphicEncryption
package import Ledger
import MultipartyEncryption
import PoisoningDefence
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
        var probes: [Digest: [[Int64]]] = [:]
        var order: [Digest] = []
    }

    private let parameters: EncryptionParameters
    private let keepingBlocks: Bool
    private let probes: SuspicionProbes
    private let lock = NSLock()
    private var derived = Derived()
    /// Rounds kept: the current one and the one before it, for stragglers.
    private static let entriesMax = 4

    /// - Parameters:
    ///   - probes: those that the agreement names; none where it names none.
    ///   - keepingBlocks: whether the public polynomials stay in memory, as large as a model; one who only opens sums
    ///     reads each once.
    /// - Throws: `FederationError(.agreement)` when they are others.
    package init(
        for agreement: Agreement, probes: SuspicionProbes = SuspicionProbes([]), keepingBlocks: Bool = true
    ) throws(FederationError) {
        parameters = agreement.encryption
        self.keepingBlocks = keepingBlocks
        guard let terms = agreement.defence.triggers else {
            self.probes = SuspicionProbes([])
            return
        }
        guard probes.digest.hex == terms.probes,
            probes.directions.allSatisfy({ $0.count == agreement.encryption.dimension })
        else {
            throw FederationError(
                .agreement,
                "the trigger probes made here are not those that the agreement names (\(terms.probes.prefix(16))…): "
                    + "use the same version of Cordon and of libtorch as the coordinator")
        }
        self.probes = probes
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

    /// Sketches of the probes under a round's families, as an opening gives those of updates.
    package func probeSketches(of round: ClosedRound) -> [[Int64]] {
        guard !probes.directions.isEmpty else { return [] }
        let families = families(federation: round.federation, seed: round.seed, beacon: round.beacon)
        return lock.withLock {
            if let known = derived.probes[round.beacon] { return known }
            let fresh = families.sketches(of: probes.directions)
            derived.probes[round.beacon] = fresh
            return fresh
        }
    }

    private func remember(_ key: Digest) {
        derived.order.append(key)
        while derived.order.count > Self.entriesMax {
            let oldest = derived.order.removeFirst()
            derived.polynomials[oldest] = nil
            derived.families[oldest] = nil
            derived.probes[oldest] = nil
        }
    }
}
