import HomomorphicEncryption
import MultipartyEncryption
import RingArithmetic
import SecureAggregation
import Testing

/// What the security argument counts on, measured. Seeds are fixed, so a run never changes; with fresh seeds each test
/// would raise a false alarm about once in 10^6 runs unless it says otherwise.
@Suite struct StatisticsTests {
    /// Errors added to zero `times` times, in the ring of one prime, centred; over `rounds` polynomials.
    private func sums(of times: Int, rounds: Int, _ visit: (Int64) -> Void) throws {
        let ring = ParameterSet.tiny.ring
        let modulus = ring.moduli[0]
        for round in 0..<rounds {
            var polynomial = Polynomial<CoefficientDomain>(ring: ring)
            for time in 0..<times {
                polynomial.addCentredBinomial(
                    KeyedStream(key: [1], label: "statistics", indices: [UInt64(round), UInt64(time)]))
            }
            for residue in polynomial[0] {
                visit(residue > modulus / 2 ? -Int64(modulus - residue) : Int64(residue))
            }
        }
    }

    /// 10^7 errors: the law is that of the ones in 82 fair bits less 41, its variance 20.5 within 5 % (true to 0.2 %).
    @Test func tenMillionErrorsAreBinomial() throws {
        var counts = [Int](repeating: 0, count: 83)
        try sums(of: 1, rounds: 2442) { counts[Int($0) + 41] += 1 }
        let total = counts.reduce(0, +)
        #expect(total >= 10_000_000)
        // C(82, i)/2^82 by its recurrence; cells of fewer than ten expected are joined to the tails.
        var probability = 0x1p-82
        var expected: [Double] = []
        for index in 0...82 {
            expected.append(probability * Double(total))
            probability *= Double(82 - index) / Double(index + 1)
        }
        let rare = expected.prefix { $0 < 10 }.count
        func joined<Value: AdditiveArithmetic>(_ cells: [Value]) -> [Value] {
            let tails = cells.prefix(rare).reduce(.zero, +) + cells.suffix(rare).reduce(.zero, +)
            return [tails] + cells.dropFirst(rare).dropLast(rare)
        }
        let cells = joined(counts)
        #expect(
            ChiSquared.statistic(cells, expected: joined(expected))
                < ChiSquared.critical(degreesOfFreedom: cells.count - 1))
        let variance = counts.enumerated().reduce(0.0) { $0 + Double(($1.offset - 41) * ($1.offset - 41) * $1.element) }
        #expect(abs(variance / Double(total) / EncryptionParameters.errorVariance - 1) < 0.05)
    }

    /// 10^7 coefficients of sums of ten errors: variance `10·σ²` within 5 %, and none beyond ten standard
    /// deviations, about 2^-76 a coefficient; sums are refused beyond twelve.
    @Test func tenMillionSummedErrorsStayBelowTheBound() throws {
        var squares = 0.0
        var count = 0
        var largest: Int64 = 0
        try sums(of: 10, rounds: 2442) {
            squares += Double($0 * $0)
            count += 1
            largest = max(largest, Int64($0.magnitude))
        }
        let expected = 10 * EncryptionParameters.errorVariance
        #expect(abs(squares / Double(count) / expected - 1) < 0.05)
        #expect(Double(largest * largest) < 100 * expected)
        // The tail is there, too: five standard deviations are passed six times in 10^7.
        #expect(Double(largest * largest) > 20 * expected)
    }

    /// Noise of opened sketch rows: variance `σ²·D/2` within 5 % over 20,000 rows, five standard deviations.
    @Test(arguments: [Plan.tiny, .large])
    func openedSketchNoiseHasItsVariance(plan: Plan) throws {
        let round = try Federation(plan.parameters(members: 4), threshold: 3)
        let expected = EncryptionParameters.errorVariance * Double(round.parameters.coefficients) / 2
        let values = round.update(0)
        var squares = 0.0
        var count = 0
        var random: UInt64 = 0
        while count < 20_000 {
            random += 1
            let dealing = try round.deal(values, member: 0, random: random)
            guard case .opened(let opened) = round.openSketch(of: dealing, by: [0, 1, 2]) else {
                Issue.record("the sketch did not open")
                return
            }
            squares += opened.noise.reduce(0.0) { $0 + Double($1) * Double($1) }
            count += opened.noise.count
        }
        #expect(abs(squares / Double(count) / expected - 1) < 0.05)
    }

    /// Coefficients of the families: 0 half the time, +1 and −1 a quarter each, and neighbours independent.
    @Test func ternaryRowsFollowTheirLaw() {
        var stream = KeyedStream(key: [2], label: "ternary")
        var pairs = [Int](repeating: 0, count: 9)
        for _ in 0..<256 {
            let row = TernaryPolynomial(degree: 8192, stream: &stream).coefficients
            for index in stride(from: 0, to: row.count, by: 2) {
                pairs[3 * (Int(row[index]) + 1) + Int(row[index + 1]) + 1] += 1
            }
        }
        let total = Double(pairs.reduce(0, +))
        let law = [0.25, 0.5, 0.25]
        let expected = (0..<9).map { law[$0 / 3] * law[$0 % 3] * total }
        #expect(ChiSquared.statistic(pairs, expected: expected) < ChiSquared.critical(degreesOfFreedom: 8))
    }

    @Test func publicPolynomialsAreUniform() throws {
        let parameters = try Plan.large.parameters(members: 4)
        for prime in parameters.moduli.indices {
            var cells = [Int](repeating: 0, count: 256)
            for seed in 0..<20 {
                let polynomials = PublicPolynomials(parameters: parameters, federation: [3], seed: [UInt8(seed)])
                for residue in polynomials[1][prime] {
                    cells[Int(UInt128(residue) * 256 / UInt128(parameters.moduli[prime]))] += 1
                }
            }
            #expect(ChiSquared.isUniform(cells))
        }
    }

    /// t − 1 shares of a secret that is not random at all are jointly uniform; with one more share they give it away.
    @Test(arguments: [UInt8(0), 0xFF])
    func fewerThanTSharesAreUniformWhateverTheSecret(fill: UInt8) throws {
        let parameters = try Plan.tiny.parameters(members: 4)
        let sharing = try SharingPolicy(members: 4, threshold: 3)
        let nonce = [UInt8](repeating: fill, count: SecretSharing.nonceBytes)
        let field = PrimeField(modulus: parameters.moduli[0])
        let weights = field.lagrangeWeights(at: 0, from: [1, 2, 3])
        var generator = KeyedStream(key: [4], label: "shares")
        var nonceCells = [Int](repeating: 0, count: 64)
        var keyCells = [Int](repeating: 0, count: 64)
        for _ in 0..<600 {
            let secret = UpdateSecret(message: [1], context: [2], using: &generator)
            let key = OneTimeKey(secret: secret, parameters: parameters)
            let dealt = SecretSharing(
                of: key, nonce: nonce, secret: secret, policy: sharing, parameters: parameters)
            let shares = (0..<3).map { dealt.share(of: $0) }
            func cell(_ first: UInt64, _ second: UInt64) -> Int {
                Int(UInt128(first) * 8 / UInt128(field.modulus)) * 8
                    + Int(UInt128(second) * 8 / UInt128(field.modulus))
            }
            for (first, second) in zip(shares[0].nonce, shares[1].nonce) {
                nonceCells[cell(first, second)] += 1
            }
            for (first, second) in zip(shares[0].key[0].prefix(512), shares[1].key[0].prefix(512)) {
                keyCells[cell(first, second)] += 1
            }
            let opened = (0..<3).reduce(UInt64(0)) {
                field.add($0, field.multiply(weights[$1], shares[$1].nonce[0]))
            }
            #expect(opened == (fill == 0 ? 0 : (1 << 40) - 1))
        }
        #expect(ChiSquared.isUniform(nonceCells))
        #expect(ChiSquared.isUniform(keyCells))
    }
}
