import Foundation

/// Standard normal deviates from a generator handed in, which must be cryptographic where the noise protects anyone.
///
/// Box–Muller on 53-bit uniforms: `√(−2 ln u)·(cos 2πv, sin 2πv)`, u in (0, 1], v in [0, 1). It draws exactly two words
/// a pair, never rejects, and computes the whole batch whatever the values, so the words drawn say nothing of them (the
/// library's logarithm and cosine are not proved constant-time). No deviate exceeds `√(2·53·ln 2) ≈ 8.57`; the mass cut
/// off is 1.0e-17.
///
/// Honest limit: a floating-point Gaussian is not a real one. Mironov 2012 ("On significance of the least significant
/// bits") breaks floating-point Laplace noise, and Jin et al. 2021 (arXiv 2112.05307) do so for Gaussian samplers such
/// as this one, DP-SGD included, by its porous set of reachable values and by timing. Here noise of many steps is
/// summed in rounding arithmetic and then quantised far more coarsely than the deviates' spacing, which blunts the
/// known attacks and proves nothing. Only integer noise on integer data (discrete Gaussian) would close the gap.
/// - Parameter count: how many, not negative.
package func gaussianNoise(count: Int, using generator: inout some RandomNumberGenerator) -> [Double] {
    precondition(count >= 0, "a negative number of deviates")
    let scale = 0x1p-53
    return [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
        var index = 0
        while index < count {
            let uniform = Double((generator.next() >> 11) + 1) * scale
            let angle = 2 * Double.pi * (Double(generator.next() >> 11) * scale)
            let radius = (-2 * log(uniform)).squareRoot()
            buffer[index] = radius * cos(angle)
            if index + 1 < count { buffer[index + 1] = radius * sin(angle) }
            index += 2
        }
        initialized = count
    }
}
