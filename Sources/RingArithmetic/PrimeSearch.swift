/// Search for primes that split the ring.
package enum PrimeSearch {
    /// The `count` largest primes below `bound` that are 1 modulo `step`, largest first.
    ///
    /// `step` is even and `bound` at most 2^62.
    package static func largest(_ count: Int, below bound: UInt64, congruentToOneModulo step: UInt64) -> [UInt64] {
        precondition(step % 2 == 0 && bound <= 1 << 62, "the step is even and the bound at most 2^62")
        var found: [UInt64] = []
        var candidate = (bound - 2) / step * step + 1
        while found.count < count {
            precondition(candidate > step, "no \(count) primes are 1 modulo \(step) below \(bound)")
            if isPrime(candidate) {
                found.append(candidate)
            }
            candidate -= step
        }
        return found
    }

    /// Miller–Rabin with the first twelve primes as bases: exact below 3.3·10^24 (Sorenson and Webster, 2015).
    package static func isPrime(_ value: UInt64) -> Bool {
        let bases: [UInt64] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]
        if value < 2 {
            return false
        }
        for base in bases where value % base == 0 {
            return value == base
        }
        let field = PrimeField(modulus: value)
        let twos = (value - 1).trailingZeroBitCount
        let odd = (value - 1) >> UInt64(twos)
        return bases.allSatisfy { base in
            var power = field.power(base, odd)
            if power == 1 || power == value - 1 {
                return true
            }
            for _ in 1..<max(twos, 1) {
                power = field.multiply(power, power)
                if power == value - 1 {
                    return true
                }
            }
            return false
        }
    }
}
