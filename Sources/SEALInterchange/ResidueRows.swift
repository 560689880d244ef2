internal import RingArithmetic

/// An element of `Z_Q[X]/(X^N+1)`, one row a prime in the order of the parameters; a lower level is a prefix of rows.
struct ResidueRows<Domain: PolynomialDomain>: Sendable {
    private(set) var rows: [Polynomial<Domain>]

    init(rows: [Polynomial<Domain>]) {
        self.rows = rows
    }

    /// Zero.
    init(rings: ArraySlice<RingContext>) {
        rows = rings.map { Polynomial(ring: $0) }
    }

    /// From words that were checked against the moduli, N a prime.
    init(words: ArraySlice<UInt64>, rings: ArraySlice<RingContext>) {
        var rest = words
        rows = rings.map { ring in
            var row = Polynomial<Domain>(ring: ring)
            row[0] = Array(rest.prefix(ring.degree))
            rest = rest.dropFirst(ring.degree)
            return row
        }
    }

    var words: [UInt64] { rows.flatMap { $0[0] } }

    func prefix(_ primes: Int) -> Self { Self(rows: Array(rows.prefix(primes))) }

    static func += (left: inout Self, right: Self) {
        for prime in left.rows.indices {
            left.rows[prime] += right.rows[prime]
        }
    }

    static func -= (left: inout Self, right: Self) {
        for prime in left.rows.indices {
            left.rows[prime] -= right.rows[prime]
        }
    }
}

extension ResidueRows where Domain == CoefficientDomain {
    func evaluated() -> ResidueRows<EvaluationDomain> {
        ResidueRows<EvaluationDomain>(rows: rows.map { $0.evaluated() })
    }

    /// Adds the same centred-binomial integers (variance 20.5) modulo every prime.
    mutating func addCentredBinomial(_ stream: KeyedStream) {
        for prime in rows.indices {
            rows[prime].addCentredBinomial(stream)
        }
    }
}

extension ResidueRows where Domain == EvaluationDomain {
    /// Public uniform residues.
    init(uniformFrom key: [UInt8], rings: ArraySlice<RingContext>) {
        rows = rings.enumerated().map { prime, ring in
            Polynomial(
                publicStream: { _ in KeyedStream(key: key, label: "uniform", indices: [UInt64(prime)]) }, ring: ring)
        }
    }

    func interpolated() -> ResidueRows<CoefficientDomain> {
        ResidueRows<CoefficientDomain>(rows: rows.map { $0.interpolated() })
    }

    func multiplied(by other: Self) -> Self {
        Self(rows: zip(rows, other.rows).map { $0.multiplied(by: $1) })
    }
}
