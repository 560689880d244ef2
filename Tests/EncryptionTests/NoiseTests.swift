import HomomorphicEncryption
import MultipartyEncryption
import RingArithmetic
import SecureAggregation
import Testing

@Suite struct NoiseTests {
    /// Noise of opened rows has variance σ²·D/2: the estimate over all rows of four dealings within 40 % (tiny: 512
    /// rows, six standard deviations; a false alarm in 1e6 runs), and no row beyond 8 standard deviations.
    @Test(arguments: Plan.allCases)
    func openedNoiseHasItsVariance(plan: Plan) throws {
        let round = try Federation(plan.parameters(members: 4), threshold: 3)
        let expected = EncryptionParameters.errorVariance * Double(round.parameters.coefficients) / 2
        var noise: [Int64] = []
        for member in 0..<4 {
            let dealing = try round.deal(round.update(member), member: member)
            guard case .opened(let opened) = round.openSketch(of: dealing, by: [0, 1, 2]) else {
                Issue.record("the sketch did not open")
                return
            }
            noise += opened.noise
        }
        let energy = noise.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(noise.count)
        #expect(abs(energy / expected - 1) < 0.4)
        #expect(noise.allSatisfy { Double($0).magnitude < 8 * expected.squareRoot() })
        // Δ leaves ten and a half standard deviations to each side.
        #expect(Double(round.parameters.scale) / 2 >= 10.5 * expected.squareRoot())
    }

    /// A fresh ciphertext's noise is the error itself: within ±41, variance 20.5 within 12 % (a false alarm in 1e6
    /// runs).
    @Test(arguments: Plan.allCases)
    func freshNoiseIsTheError(plan: Plan) throws {
        let parameters = try plan.parameters(members: 4)
        let polynomials = PublicPolynomials(parameters: parameters, federation: [1], seed: [2])
        var generator = KeyedStream(key: [3], label: "noise")
        let secret = UpdateSecret(message: [1], context: [2], using: &generator)
        let key = OneTimeKey(secret: secret, parameters: parameters)
        var ciphertext = key.encrypt(
            [1, -2, 3], with: polynomials[0], packing: polynomials.packing, errorStream: secret.stream("error", 0))
        ciphertext -= polynomials[0].multiplied(by: key.polynomial).interpolated()
        let decoded = polynomials.packing.decode(ciphertext)
        #expect(Array(decoded.digits.prefix(3)) == [1, -2, 3])
        #expect(decoded.digits.dropFirst(3).allSatisfy { $0 == 0 })
        #expect(decoded.noise.allSatisfy { $0.magnitude <= 41 })
        let variance = decoded.noise.reduce(0.0) { $0 + Double($1 * $1) } / Double(decoded.noise.count)
        #expect(abs(variance / EncryptionParameters.errorVariance - 1) < 0.12)
    }
}
