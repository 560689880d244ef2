/// The discrete Gaussian `P(k) ∝ e^(−k²/(2σ²))` over the integers, sampled exactly with integer arithmetic: Canonne,
/// Kamath and Steinke 2020, arXiv 2004.00010, algorithms 1–3, from a discrete Laplace of scale σ.
///
/// No floating-point number is involved, so that there is no gap in the set of values to look through (Mironov 2012;
/// Jin et al. 2021, arXiv 2112.05307). The time of one draw depends on its value; so `sample` makes a whole vector
/// before any of it is used, and only the sum of those times can be seen, which says as much as the sum of many draws.
package struct DiscreteGaussian: Sendable, Hashable {
    /// σ in grid steps; the true deviation is below σ, by less than 1e-30 of it from σ = 3 on.
    package let deviation: Int

    package static let deviationMax = 1 << 26

    /// - Throws: `PrivacyError` unless `deviation` is 1…2^26.
    package init(deviation: Int) throws {
        guard (1...Self.deviationMax).contains(deviation) else {
            throw PrivacyError(
                .invalidParameter, "a discrete Gaussian of deviation \(deviation): 1…\(Self.deviationMax) is sampled")
        }
        self.deviation = deviation
    }

    /// Independent draws from a generator that must be cryptographic where the noise protects anyone.
    package func sample(count: Int, using generator: inout some RandomNumberGenerator) -> [Int64] {
        precondition(count >= 0, "a negative number of draws")
        return BufferedWords.fetched(from: &generator) { words in (0..<count).map { _ in sample(using: &words) } }
    }

    private func sample(using generator: inout BufferedWords) -> Int64 {
        let scale = UInt64(deviation)
        while true {
            let remainder = generator.next(upperBound: scale)
            guard ExactBernoulli.exponential(remainder, scale, using: &generator) else { continue }
            var whole: UInt64 = 0
            while ExactBernoulli.exponential(1, 1, using: &generator) { whole += 1 }
            let magnitude = remainder + scale * whole
            let isNegative = generator.next() & 1 == 1
            if isNegative && magnitude == 0 { continue }
            // Beyond 64 deviations a draw is accepted with a chance below e^(−1900); there the square would overflow.
            guard whole < 64 else { continue }
            let distance = magnitude > scale ? magnitude - scale : scale - magnitude
            if ExactBernoulli.exponential(distance * distance, 2 * scale * scale, using: &generator) {
                return isNegative ? -Int64(magnitude) : Int64(magnitude)
            }
        }
    }
}

/// Skellam noise: the difference of two Poisson variables of the same integer mean, variance twice the mean. Unlike
/// small discrete Gaussians, sums of Skellams are Skellam (Agarwal, Kairouz and Liu 2021, arXiv 2110.04995).
///
/// Each Poisson variable is looked up in a table of its cumulated weights in 128-bit integers, by a binary search of
/// fixed length over an exactly uniform number: integer arithmetic only. Weights are rounded down from their true ratio
/// to the largest; the total variation distance is below n²·2^(−105), n being the length of the table: under 2^(−75).
/// No accountant here prices a Skellam release: there is no `PrivacyEvent` for it.
package struct SkellamNoise: Sendable {
    package let mean: Int
    /// Smallest value that the table holds.
    private let lowest: Int
    /// `cumulated[i]` is the weight of all values up to `lowest + i`.
    private let cumulated: [UInt128]

    package static let meanMax = 1 << 20

    /// - Throws: `PrivacyError` unless `mean`, that of each Poisson variable, is 1…2^20.
    package init(mean: Int) throws {
        guard (1...Self.meanMax).contains(mean) else {
            throw PrivacyError(.invalidParameter, "a Skellam of mean \(mean): 1…\(Self.meanMax) is sampled")
        }
        self.mean = mean
        let largest: UInt128 = 1 << 104
        var below: [UInt128] = []
        var weight = largest
        var value = mean
        while value > 0 {
            weight = weight * UInt128(value) / UInt128(mean)
            guard weight > 0 else { break }
            below.append(weight)
            value -= 1
        }
        var above: [UInt128] = [largest]
        value = mean
        while let last = above.last {
            value += 1
            let next = last * UInt128(mean) / UInt128(value)
            guard next > 0 else { break }
            above.append(next)
        }
        lowest = mean - below.count
        var total: UInt128 = 0
        cumulated = (below.reversed() + above).map { weight in
            total += weight
            return total
        }
    }

    package func sample(count: Int, using generator: inout some RandomNumberGenerator) -> [Int64] {
        precondition(count >= 0, "a negative number of draws")
        return BufferedWords.fetched(from: &generator) { words in
            (0..<count).map { _ in Int64(poisson(using: &words) - poisson(using: &words)) }
        }
    }

    private func poisson(using generator: inout BufferedWords) -> Int {
        let total = cumulated[cumulated.count - 1]
        let mask = UInt128.max >> UInt128(total.leadingZeroBitCount)
        var uniform: UInt128
        repeat { uniform = (UInt128(generator.next()) << 64 | UInt128(generator.next())) & mask } while uniform >= total
        var (low, length) = (0, cumulated.count)
        while length > 0 {
            let half = length / 2
            let isBelow = cumulated[low + half] <= uniform
            low = isBelow ? low + half + 1 : low
            length = isBelow ? length - half - 1 : half
        }
        return lowest + low
    }
}
