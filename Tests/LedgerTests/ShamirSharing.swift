/// Shamir's scheme over the integers modulo 2^31 − 1, so that the contract's nonce openings run on real shares.
enum ShamirSharing {
    static let prime: UInt64 = (1 << 31) - 1

    /// The share of member `index` (evaluation point index + 1) of the polynomial with these coefficients.
    static func share(_ coefficients: [UInt64], of index: Int) -> UInt64 {
        coefficients.reversed().reduce(0) { ($0 * UInt64(index + 1) + $1) % prime }
    }

    /// The constant term; nil if the shares do not lie on one polynomial of degree `threshold` − 1.
    static func reconstruct(_ shares: [Int: UInt64], threshold: Int) -> UInt64? {
        let members = shares.keys.sorted()
        guard members.count >= threshold else { return nil }
        let base = Array(members.prefix(threshold))
        for member in members.dropFirst(threshold)
        where interpolate(shares, base, at: UInt64(member + 1)) != shares[member] { return nil }
        return interpolate(shares, base, at: 0)
    }

    private static func interpolate(_ shares: [Int: UInt64], _ members: [Int], at point: UInt64) -> UInt64 {
        members.reduce(0) { sum, member in
            var (numerator, denominator): (UInt64, UInt64) = (1, 1)
            for other in members where other != member {
                numerator = numerator * ((prime + point - UInt64(other + 1)) % prime) % prime
                denominator = denominator * ((prime + UInt64(member + 1) - UInt64(other + 1)) % prime) % prime
            }
            let weight = numerator * power(denominator, prime - 2) % prime
            return (sum + weight * (shares[member] ?? 0)) % prime
        }
    }

    private static func power(_ base: UInt64, _ exponent: UInt64) -> UInt64 {
        var (result, square, rest) = (UInt64(1), base, exponent)
        while rest > 0 {
            if rest & 1 == 1 { result = result * square % prime }
            square = square * square % prime
            rest >>= 1
        }
        return result
    }
}
