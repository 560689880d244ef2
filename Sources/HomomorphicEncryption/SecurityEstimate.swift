internal import Foundation

/// What it costs to break one secret by the best lattice attack we count: primal uSVP under the geometric-series
/// assumption, secret and error of one width, every opened coefficient counted as an errorless sample on the secret, or
/// as an integer equation over one block's errors: whichever is the cheaper attack.
///
/// A block size `β` suffices when `√β·σ ≤ δ^(2β−d)·V^(1/d)` with `δ = ((πβ)^(1/β)·β/2πe)^(1/(2(β−1)))`: Alkim, Ducas,
/// Pöppelmann, Schwabe, "Post-quantum key exchange", USENIX Security 2016, section 6.3. `k` perfect hints leave a
/// secret of `N − k` coefficients. Bits are rounded down.
package struct SecurityEstimate: Sendable, Hashable {
    /// `β`, the block size the attack needs.
    package let blockSize: Int
    /// `d`, the lattice dimension it was found in.
    package let latticeDimension: Int

    /// The effective σ when only two honest hospitals stand in the opened sum: `4.53·√(1 − 1/2)`.
    package static let effectiveDeviation = 3.2

    /// - Parameters:
    ///   - logModulus: `log2 Q`.
    ///   - hints: `k`, opened coefficients; below the ring degree.
    ///   - deviation: σ of the errors.
    ///   - secretDeviation: of the secret, when it is narrower than the errors.
    package init(
        ringDegree: Int, logModulus: Double, hints: Int, deviation: Double = Self.effectiveDeviation,
        secretDeviation: Double? = nil
    ) {
        precondition(ringDegree >= 512 && (0..<ringDegree - 256).contains(hints), "too many hints")
        precondition(logModulus > 1 && deviation > 0, "a modulus and a width")
        let secret = ringDegree - hints
        let logQ = logModulus * log(2)
        // The secret's coordinates are stretched to the width of the errors.
        let stretch = Double(secret) * log(deviation / (secretDeviation ?? deviation))
        func dimension(_ beta: Double) -> Int? {
            let logDelta = (log(.pi * beta) / beta + log(beta / (2 * .pi * M_E))) / (2 * (beta - 1))
            return stride(from: max(secret / 3, 200), to: 3 * secret, by: max(1, secret / 96)).first { samples in
                let dimension = Double(secret + samples + 1)
                let volume = (Double(samples) * logQ + stretch) / dimension
                return 0.5 * log(beta) + log(deviation) <= (2 * beta - dimension) * logDelta + volume
            }.map { secret + $0 + 1 }
        }
        let onSecret = Self.leastBlockSize { dimension(Double($0)) != nil }
        // All N samples of one block: k equations with coefficients of variance 1/2 cut the lattice's dimension by k
        // and raise its volume by the rows' lengths.
        let whole = ringDegree + ringDegree + 1 - hints
        let volume = (Double(ringDegree) * logQ + stretch + Double(hints) * 0.5 * log(Double(ringDegree) / 2))
        let onErrors = Self.leastBlockSize { size in
            let beta = Double(size)
            let logDelta = (log(.pi * beta) / beta + log(beta / (2 * .pi * M_E))) / (2 * (beta - 1))
            return 0.5 * log(beta) + log(deviation) <= (2 * beta - Double(whole)) * logDelta + volume / Double(whole)
        }
        blockSize = min(onSecret, onErrors)
        latticeDimension = onErrors < onSecret ? whole : dimension(Double(onSecret)) ?? 2 * secret
    }

    /// Success is monotone in β over the range of interest; 6,000 lies above 1,700 bits.
    private static func leastBlockSize(where succeeds: (Int) -> Bool) -> Int {
        var low = 60
        var high = 6000
        while low < high {
            let middle = (low + high) / 2
            if succeeds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// `⌊0.292·β + 16.4 + log2(8·d)⌋`.
    package var classicalBits: Int {
        Int((0.292 * Double(blockSize) + 16.4 + log2(8 * Double(latticeDimension))).rounded(.down))
    }

    /// `⌊0.265·β + 16.4⌋`.
    package var quantumBits: Int { Int((0.265 * Double(blockSize) + 16.4).rounded(.down)) }

    /// Core-SVP `⌊0.292·β⌋`: sieving without any polynomial factor.
    package var coreBits: Int { Int((0.292 * Double(blockSize)).rounded(.down)) }
}
