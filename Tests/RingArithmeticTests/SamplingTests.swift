import RingArithmetic
import Testing

@Suite struct SamplingTests {
    private static let ring = RingContext(
        degree: 8192, moduli: PrimeSearch.largest(2, below: 1 << 47, congruentToOneModulo: 16_384))

    private func binomial(_ count: Int) -> [Int64] {
        (0..<count).flatMap { index in
            var polynomial = Polynomial<CoefficientDomain>(ring: Self.ring)
            polynomial.addCentredBinomial(KeyedStream(key: [5], label: "errors", indices: [UInt64(index)]))
            let rows = Self.ring.moduli.indices.map { prime in
                polynomial[prime].map { residue in
                    residue > Self.ring.moduli[prime] / 2
                        ? Int64(residue) - Int64(Self.ring.moduli[prime]) : Int64(residue)
                }
            }
            #expect(rows[0] == rows[1], "the same integers modulo every prime")
            return rows[0]
        }
    }

    /// Mean and variance within six standard deviations and χ² with 26 degrees of freedom below 90: together a false
    /// alarm in 1e8 runs. The exact law is binomial(82, ½) − 41.
    @Test func errorsAreCentredBinomial() {
        let values = binomial(16)
        let count = Double(values.count)
        let mean = Double(values.reduce(0, +)) / count
        let variance = values.reduce(0.0) { $0 + Double($1 * $1) } / count
        #expect(abs(mean) < 6 * (20.5 / count).squareRoot())
        #expect(abs(variance - 20.5) < 6 * 20.5 * (2 / count).squareRoot())
        var law = [0.5]
        law = [Double](repeating: 0, count: 83)
        law[0] = 1
        for _ in 0..<82 {
            for index in (1...82).reversed() {
                law[index] = (law[index] + law[index - 1]) / 2
            }
            law[0] /= 2
        }
        var observed = [Double](repeating: 0, count: 27)
        var expected = [Double](repeating: 0, count: 27)
        for value in values {
            observed[Int(max(-13, min(13, value))) + 13] += 1
        }
        for (index, probability) in law.enumerated() {
            expected[max(-13, min(13, index - 41)) + 13] += probability * count
        }
        let chiSquare = zip(observed, expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.1 }
        #expect(chiSquare < 90)
    }

    /// χ² over 64 equal cells of 16,384 residues below 140 (63 degrees of freedom): a false alarm in 1e7 runs.
    @Test(arguments: [true, false])
    func residuesAreUniform(secret: Bool) {
        let stream = { (prime: Int) in KeyedStream(key: [6], label: "uniform", indices: [UInt64(prime)]) }
        let polynomial =
            secret
            ? Polynomial<EvaluationDomain>(secretStream: stream, ring: Self.ring)
            : Polynomial<EvaluationDomain>(publicStream: stream, ring: Self.ring)
        var cells = [Double](repeating: 0, count: 64)
        for prime in Self.ring.moduli.indices {
            for residue in polynomial[prime] {
                #expect(residue < Self.ring.moduli[prime])
                cells[Int(residue >> 41)] += 1
            }
        }
        let expected = 2.0 * 8192 / 64
        #expect(cells.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected } < 140)
    }
}
