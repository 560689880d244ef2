internal import RingArithmetic

/// The constants of one level, `Q` the product of its primes.
struct BFVLevel: Sendable {
    /// `⌊Q/t⌋` modulo each prime.
    private let scale: [UInt64]
    /// `(Q mod t)/t`.
    private let remainder: ScaledRatio
    /// `(Q/q_i)^-1` modulo each prime.
    private let inverses: [UInt64]
    /// `t/q_i`.
    private let ratios: [ScaledRatio]
    private let moduli: [UInt64]
    private let plainModulus: UInt64

    init(moduli: [UInt64], plainModulus: UInt64) {
        let fields = moduli.map(PrimeField.init(modulus:))
        let rest = moduli.reduce(1 % plainModulus) { product, modulus in
            plainModulus.dividingFullWidth(product.multipliedFullWidth(by: modulus % plainModulus)).remainder
        }
        scale = fields.map { field in
            let quotient = field.multiply(rest % field.modulus, field.inverse(plainModulus))
            return field.subtract(0, quotient)
        }
        remainder = ScaledRatio(rest, over: plainModulus)
        inverses = fields.map { field in
            let others = moduli.filter { $0 != field.modulus }
            return field.inverse(others.reduce(1) { field.multiply($0, $1 % field.modulus) })
        }
        ratios = moduli.map { ScaledRatio(plainModulus, over: $0) }
        self.moduli = moduli
        self.plainModulus = plainModulus
    }

    /// `⌊Q·m/t⌉` modulo every prime.
    func scaled(_ plaintext: BFVPlaintext, rings: ArraySlice<RingContext>) -> ResidueRows<CoefficientDomain> {
        let rounding = plaintext.coefficients.map { UInt64(truncatingIfNeeded: (remainder.times($0) + 1 << 63) >> 64) }
        return ResidueRows(
            rows: zip(rings, scale).map { ring, factor in
                var source = Polynomial<CoefficientDomain>(ring: ring)
                source[0] = plaintext.coefficients
                var row = Polynomial<CoefficientDomain>(ring: ring)
                row[0] = rounding
                row.add(source, times: [factor])
                return row
            })
    }

    /// `⌊t·x/Q⌉ mod t` of every coefficient, as `Σ t·y_i/q_i` with `y_i = x·(Q/q_i)^-1 mod q_i`.
    ///
    /// No division and no branch depends on the phase.
    func rounded(_ phase: ResidueRows<CoefficientDomain>) -> BFVPlaintext {
        let degree = phase.rows[0].ring.degree
        var sums = [UInt128](repeating: 1 << 63, count: degree)
        for (prime, row) in phase.rows.enumerated() {
            var digits = Polynomial<CoefficientDomain>(ring: row.ring)
            digits.add(row, times: [inverses[prime]])
            for (index, digit) in digits[0].enumerated() {
                sums[index] += ratios[prime].times(digit)
            }
        }
        let coefficients = sums.map { sum in
            var value = UInt64(truncatingIfNeeded: sum >> 64)
            for _ in phase.rows {
                let less = value &- plainModulus
                value = less &+ plainModulus & (0 &- (less >> 63))
            }
            return value
        }
        return BFVPlaintext(checked: coefficients)
    }

    /// The centred plaintext modulo every prime.
    func lifted(_ plaintext: BFVPlaintext, rings: ArraySlice<RingContext>) -> ResidueRows<CoefficientDomain> {
        let middle = (plainModulus + 1) / 2
        return ResidueRows(
            rows: zip(rings, moduli).map { ring, modulus in
                var row = Polynomial<CoefficientDomain>(ring: ring)
                row[0] = plaintext.coefficients.map { $0 >= middle ? $0 + modulus - plainModulus : $0 }
                return row
            })
    }
}
