internal import RingArithmetic

/// The number-theoretic transform modulo a plaintext modulus of any size below 2^62, in SEAL's order.
///
/// Longa and Naehrig, ePrint 2016/504, algorithms 1 and 2. Products by roots use Shoup's quotients: no division depends
/// on a value.
struct SlotTransform: Sendable {
    private let modulus: UInt64
    /// `ψ^bitreverse(i)` and its inverse, each with `⌊root·2^64/t⌋`.
    private let roots: [(value: UInt64, quotient: UInt64)]
    private let inverses: [(value: UInt64, quotient: UInt64)]
    private let shrink: (value: UInt64, quotient: UInt64)

    init(degree: Int, modulus: UInt64) throws {
        guard modulus < 1 << 62, modulus % UInt64(2 * degree) == 1, PrimeSearch.isPrime(modulus) else {
            throw InterchangeError(
                .unsupportedParameters,
                "batching needs a prime plain modulus below 2^62 that is 1 modulo \(2 * degree); this is \(modulus)")
        }
        let field = PrimeField(modulus: modulus)
        func prepared(_ value: UInt64) -> (value: UInt64, quotient: UInt64) {
            (value, modulus.dividingFullWidth((value, 0)).quotient)
        }
        func table(_ root: UInt64) -> [(value: UInt64, quotient: UInt64)] {
            var powers = [UInt64](repeating: 0, count: degree)
            var power: UInt64 = 1
            for index in 0..<degree {
                powers[Self.reversed(index, bits: degree.trailingZeroBitCount)] = power
                power = field.multiply(power, root)
            }
            return powers.map(prepared)
        }
        let root = Self.smallestRoot(degree: degree, field: field)
        roots = table(root)
        inverses = table(field.inverse(root))
        shrink = prepared(field.inverse(UInt64(degree)))
        self.modulus = modulus
    }

    /// The lowest `bits` bits in reverse.
    static func reversed(_ value: Int, bits: Int) -> Int {
        (0..<bits).reduce(0) { $0 << 1 | value >> $1 & 1 }
    }

    func forward(_ coefficients: [UInt64]) -> [UInt64] {
        var values = coefficients
        var length = values.count / 2
        var groups = 1
        while length > 0 {
            for group in 0..<groups {
                let root = roots[groups + group]
                for index in 2 * group * length..<(2 * group + 1) * length {
                    let right = multiply(values[index + length], root)
                    values[index + length] = reduced(values[index] + modulus - right)
                    values[index] = reduced(values[index] + right)
                }
            }
            groups *= 2
            length /= 2
        }
        return values
    }

    func inverse(_ slots: [UInt64]) -> [UInt64] {
        var values = slots
        var length = 1
        var groups = values.count / 2
        while groups > 0 {
            for group in 0..<groups {
                let root = inverses[groups + group]
                for index in 2 * group * length..<(2 * group + 1) * length {
                    let difference = reduced(values[index] + modulus - values[index + length])
                    values[index] = reduced(values[index] + values[index + length])
                    values[index + length] = multiply(difference, root)
                }
            }
            groups /= 2
            length *= 2
        }
        return values.map { multiply($0, shrink) }
    }

    private func multiply(_ value: UInt64, _ factor: (value: UInt64, quotient: UInt64)) -> UInt64 {
        let estimate = value.multipliedFullWidth(by: factor.quotient).high
        return reduced(value &* factor.value &- estimate &* modulus)
    }

    /// From below 2t to below t, without a branch.
    private func reduced(_ value: UInt64) -> UInt64 {
        let less = value &- modulus
        return less &+ modulus & (0 &- (less >> 63))
    }

    private static func smallestRoot(degree: Int, field: PrimeField) -> UInt64 {
        let count = UInt64(degree)
        var candidate: UInt64 = 2
        var root = field.power(candidate, (field.modulus - 1) / (2 * count))
        while field.power(root, count) != field.modulus - 1 {
            candidate += 1
            root = field.power(candidate, (field.modulus - 1) / (2 * count))
        }
        let square = field.multiply(root, root)
        var smallest = root
        var current = root
        for _ in 0..<count {
            smallest = min(smallest, current)
            current = field.multiply(current, square)
        }
        return smallest
    }
}
