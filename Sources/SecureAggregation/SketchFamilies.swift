internal import Foundation
package import HomomorphicEncryption
package import MultipartyEncryption
internal import RingArithmetic

/// The public sketch of one round: `R` families of {0, ±1} polynomials `ρ^{(r)}_b` drawn from the beacon, and two
/// opened coefficients, 0 and N/2, of each `Σ_b ρ^{(r)}_b·c_b`.
///
/// Row `2r` is coefficient 0 and row `2r + 1` coefficient N/2 of family `r`. One product, or rows of ±1 only, would be
/// blind to even numbers of half-range values. After Gentry, Halevi and Lyubashevsky, "Practical non-interactive
/// publicly verifiable secret sharing with thousands of parties" (EUROCRYPT 2022), on modular projections.
package struct SketchFamilies: Sendable {
    package let parameters: EncryptionParameters
    private let polynomials: PublicPolynomials
    private let beacon: [UInt8]
    private let functionals = Functionals()

    /// `A_r = Σ_b ρ^{(r)}_b·a_b` in evaluation domain: the costly part, derived when the first share is answered, which
    /// a coordinator never does.
    ///
    /// The lock is one that sleeps: a derivation takes seconds for a large model. Unchecked, because `derived` is only
    /// touched under it.
    private final class Functionals: @unchecked Sendable {
        private let lock = NSLock()
        private var derived: [Polynomial<EvaluationDomain>]?

        func polynomials(_ derive: () -> [Polynomial<EvaluationDomain>]) -> [Polynomial<EvaluationDomain>] {
            lock.withLock {
                let polynomials = derived ?? derive()
                derived = polynomials
                return polynomials
            }
        }
    }

    package init(parameters: EncryptionParameters, polynomials: PublicPolynomials, beacon: [UInt8]) {
        precondition(parameters == polynomials.parameters, "public polynomials of the same parameters")
        precondition(parameters.sketchCoordinates == 2 * parameters.sketchFamilies, "two coefficients a family")
        self.parameters = parameters
        self.beacon = beacon
        self.polynomials = polynomials
    }

    /// Some families at a time, so that a block of public polynomials is read or derived once for all of them.
    private func derivedFunctionals() -> [Polynomial<EvaluationDomain>] {
        let together = 8
        return stride(from: 0, to: parameters.sketchFamilies, by: together).flatMap { first in
            var streams = (first..<min(first + together, parameters.sketchFamilies)).map { Self.stream(beacon, $0) }
            var sums = streams.map { _ in Polynomial<EvaluationDomain>(ring: parameters.ring) }
            for block in 0..<parameters.blocks {
                let publicPolynomial = polynomials[block]
                for index in streams.indices {
                    let ternary = TernaryPolynomial(degree: parameters.ringDegree, stream: &streams[index])
                    sums[index].add(
                        productOf: ternary.polynomial(ring: parameters.ring).evaluated(), and: publicPolynomial)
                }
            }
            return sums
        }
    }

    /// The families' polynomials, block by block.
    package func blocks() -> SketchBlocks {
        SketchBlocks(
            parameters: parameters, streams: (0..<parameters.sketchFamilies).map { Self.stream(beacon, $0) })
    }

    /// One helper's answer about one dealer: the two coefficients of each `A_r·share`.
    package func answer(_ share: DealtShare) -> SketchAnswer {
        let key = share.key
        var rows = [[UInt64]](repeating: [], count: parameters.moduli.count)
        for functional in functionals.polynomials(derivedFunctionals) {
            for (prime, pair) in functional.twoCoefficients(ofProductWith: key).enumerated() {
                rows[prime].append(pair.constant)
                rows[prime].append(pair.middle)
            }
        }
        return SketchAnswer(rows: rows)
    }

    /// The same coefficients of the ciphertext, which everyone can compute.
    package func linearPart(of update: EncryptedUpdate) -> SketchLinearPart {
        var blocks = blocks()
        var sums = LinearPartAccumulation(families: self)
        for block in update.blocks {
            blocks.advance()
            do {
                try sums.add(block, of: blocks)
            } catch {
                preconditionFailure("blocks were checked under other parameters: \(error)")
            }
        }
        return sums.linearPart(of: self)
    }

    /// The sketch of integers in the clear; its entry `row·F + f` equals the digit that an opening gives.
    package func sketch(of values: [Int64]) -> [Int64] { sketches(of: [values])[0] }

    /// Opens the sketch of one dealer from its linear part and the helpers' answers.
    package func open(
        _ linear: SketchLinearPart, _ answers: [Int: SketchAnswer], sharing: SharingPolicy
    ) -> SketchOpening {
        var residues: [[UInt64]] = []
        for (prime, modulus) in parameters.moduli.enumerated() {
            let field = PrimeField(modulus: modulus)
            switch Reconstruction.open(answers.mapValues { $0.rows[prime] }, policy: sharing, field: field) {
            case .tooFew: return .tooFewAnswers
            case .offPolynomial: return .offPolynomial
            case .opened(let values):
                residues.append(zip(linear.rows[prime], values).map { field.subtract($0, $1) })
            }
        }
        let decoded = polynomials.packing.decode(residues: residues)
        return .opened(OpenedSketch(digits: decoded.digits, noise: decoded.noise))
    }

    private static func stream(_ beacon: [UInt8], _ family: Int) -> KeyedStream {
        KeyedStream(key: beacon, label: "cordon/sketch-family/v1", indices: [UInt64(family)])
    }
}
