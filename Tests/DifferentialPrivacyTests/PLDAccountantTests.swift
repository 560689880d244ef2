import Foundation
import Testing

@testable import DifferentialPrivacy

/// Against dp_accounting 0.6.0 on 200 random settings, made by `Tests/Vectors/privacy/make_loss_vectors.py`.
@Suite struct PLDAccountantTests {
    struct Row: Decodable, Sendable {
        let noiseMultiplier: Double
        let samplingRate: Double
        let steps: Int
        let delta: Double
        let pessimistic: Double
        let lower: Double
    }

    struct File: Decodable {
        let source: String
        let rows: [Row]
    }

    static func epsilon(_ event: PrivacyEvent, delta: Double) throws -> Double {
        var accountant = PLDAccountant()
        try accountant.compose(event)
        return accountant.epsilon(delta: delta)
    }

    @Test func matchesTheLibraryAndNeverFallsBelowTheTruth() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Vectors/privacy/losses.json")
        let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: path))
        #expect(file.source == "dp_accounting 0.6.0")
        #expect(file.rows.count == 200)
        try check(file)
    }

    /// Other rows each day, from the library itself.
    @Test func matchesTheLiveLibrary() throws {
        let day = Int(Date().timeIntervalSince1970 / 86_400)
        let output = try PythonOracle.output(
            of: "privacy/make_loss_vectors.py", arguments: ["--seed", "\(day)", "--count", "10"],
            module: "dp_accounting", install: "dp-accounting==0.6.0, and set CORDON_PYTHON")
        guard let output else { return }
        let file = try JSONDecoder().decode(File.self, from: output)
        #expect(file.rows.count == 10, "seed \(day)")
        try check(file)
    }

    private func check(_ file: File) throws {
        for row in file.rows {
            let event = trainingEvent(row.noiseMultiplier, row.samplingRate, row.steps)
            let epsilon = try Self.epsilon(event, delta: row.delta)
            #expect(epsilon >= row.pessimistic - 1e-4 && epsilon <= row.pessimistic + 1e-3, "\(row): \(epsilon)")
            #expect(epsilon >= row.lower, "\(row): \(epsilon) is below a proven lower bound")
        }
    }

    /// One Gaussian of each μ: the grid and the transform against the closed form.
    @Test(arguments: [(0.5, 1, 1e-5), (1, 1, 1e-5), (1, 10, 1e-5), (5, 100, 1e-6), (20, 3, 1e-3), (2, 40, 1e-12)])
    func gaussianIsTheExactOne(_ noiseMultiplier: Double, _ steps: Int, _ delta: Double) throws {
        let event = trainingEvent(noiseMultiplier, 1, steps)
        var exact = GaussianAccountant()
        try exact.compose(event)
        let difference = try Self.epsilon(event, delta: delta) - exact.epsilon(delta: delta)
        #expect(difference > -1e-12 && difference < 1e-6, "\(difference)")
    }

    /// A thousand rounds of ten sampled steps at ever other rates: different distributions, one transform each.
    @Test func differentReleasesCompose() throws {
        let events: [PrivacyEvent] = [
            trainingEvent(2, 0.1, 100), trainingEvent(3, 1, 5), trainingEvent(1.2, 0.01, 400),
            .selfComposed(count: 3, .randomisedResponse(flipProbability: 0.4)),
        ]
        let forwards = try Self.epsilon(.composed(events), delta: 1e-5)
        let backwards = try Self.epsilon(.composed(events.reversed()), delta: 1e-5)
        #expect(abs(forwards - backwards) < 1e-9)
        var rdp = RDPAccountant()
        try rdp.compose(events)
        #expect(forwards < rdp.epsilon(delta: 1e-5))
        for left in events.indices {
            var fewer = events
            fewer.remove(at: left)
            #expect(try Self.epsilon(.composed(fewer), delta: 1e-5) < forwards)
        }
    }

    /// k answers of Warner's coin: `δ(ε) = Σ_j C(k,j)·max(0, (1−p)^j p^(k−j) − e^ε·p^j (1−p)^(k−j))` exactly.
    @Test(arguments: [(1, 0.25, 1e-3), (5, 0.4, 1e-3), (30, 0.45, 1e-5)])
    func randomisedResponseIsTheBinomialSum(_ count: Int, _ flip: Double, _ delta: Double) throws {
        let event = PrivacyEvent.selfComposed(count: count, .randomisedResponse(flipProbability: flip))
        let epsilon = try Self.epsilon(event, delta: delta)
        func exactDelta(_ epsilon: Double) -> Double {
            (0...count).reduce(0.0) { sum, heads in
                let (j, rest) = (Double(heads), Double(count - heads))
                let choose = exp(lgamma(Double(count) + 1) - lgamma(j + 1) - lgamma(rest + 1))
                let truthful = pow(1 - flip, j) * pow(flip, rest)
                let lying = pow(flip, j) * pow(1 - flip, rest)
                return sum + choose * max(0, truthful - exp(epsilon) * lying)
            }
        }
        #expect(exactDelta(epsilon) <= delta)
        #expect(exactDelta(epsilon - 1e-4 * Double(count)) > delta)
    }

    @Test func discreteGaussianCostsWhatAContinuousOneJustBelowItCosts() throws {
        let discrete = PrivacyEvent.discreteGaussian(deviation: 1 << 18, sensitivity: 1 << 16)
        let sampled = PrivacyEvent.selfComposed(count: 100, .poissonSampled(samplingRate: 0.1, discrete))
        let continuous = try Self.epsilon(trainingEvent(4, 0.1, 100), delta: 1e-5)
        let price = try Self.epsilon(sampled, delta: 1e-5)
        #expect(price >= continuous - 1e-12 && price - continuous < 1e-8)
        let coarse = PrivacyEvent.discreteGaussian(deviation: 4, sensitivity: 1)
        #expect(try Self.epsilon(coarse, delta: 1e-5) > Self.epsilon(.gaussian(noiseMultiplier: 4), delta: 1e-5))
        for (deviation, sensitivity) in [(2, 1), (0, 1), (4, 0), (-5, 1)] {
            #expect(throws: PrivacyError.self) {
                try Self.epsilon(.discreteGaussian(deviation: deviation, sensitivity: sensitivity), delta: 1e-5)
            }
        }
    }

    /// What stands on ledgers must decode for ever: the coding of every case, letter by letter.
    @Test(
        arguments: [
            (.gaussian(noiseMultiplier: 1.5), #"{"gaussian":{"noiseMultiplier":1.5}}"#),
            (
                .discreteGaussian(deviation: 9, sensitivity: 4),
                #"{"discreteGaussian":{"deviation":9,"sensitivity":4}}"#
            ),
            (.randomisedResponse(flipProbability: 0.25), #"{"randomisedResponse":{"flipProbability":0.25}}"#),
            (
                .poissonSampled(samplingRate: 0.5, .gaussian(noiseMultiplier: 2)),
                #"{"poissonSampled":{"_1":{"gaussian":{"noiseMultiplier":2}},"samplingRate":0.5}}"#
            ),
            (
                .selfComposed(count: 3, .composed([])),
                #"{"selfComposed":{"_1":{"composed":{"_0":[]}},"count":3}}"#
            ),
        ] as [(PrivacyEvent, String)])
    func codingIsFrozen(_ event: PrivacyEvent, _ text: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(event), as: UTF8.self) == text)
        #expect(try JSONDecoder().decode(PrivacyEvent.self, from: Data(text.utf8)) == event)
    }

    @Test func aThousandRoundsTakeLessThanASecond() throws {
        let clock = ContinuousClock()
        let took = try clock.measure { _ = try Self.epsilon(trainingEvent(1, 0.01, 1000), delta: 1e-5) }
        #expect(took < .seconds(1), "\(took)")
    }

    @Test func nonsenseIsRefusedAndChangesNothing() throws {
        var accountant = PLDAccountant()
        try accountant.compose(trainingEvent(1, 0.1, 3))
        let before = accountant.epsilon(delta: 1e-5)
        for event in AccountantTests.nonsense {
            #expect(throws: PrivacyError.self) { try accountant.compose(event) }
        }
        let sampledResponse = PrivacyEvent.poissonSampled(
            samplingRate: 0.1, .randomisedResponse(flipProbability: 0.3))
        #expect(throws: PrivacyError.self) { try accountant.compose(sampledResponse) }
        #expect(throws: PrivacyError.self) { try accountant.compose(.randomisedResponse(flipProbability: 0.6)) }
        #expect(accountant.epsilon(delta: 1e-5) == before)
    }

    /// The transform against the sum that defines it, and there and back.
    @Test func transformIsTheDefinition() {
        var generator = SeededGenerator(seed: 9)
        let count = 64
        let values = (0..<count).map { _ in Double.random(in: -1...1, using: &generator) }
        let transform = FourierTransform(count: count)
        var (real, imaginary) = (values, [Double](repeating: 0, count: count))
        transform.forward(&real, &imaginary)
        for frequency in 0..<count {
            let place = (0..<6).reduce(0) { $0 | ((frequency >> $1) & 1) << (5 - $1) }
            let (re, im) = values.enumerated().reduce((0.0, 0.0)) { sum, item in
                let angle = -2 * Double.pi * Double(frequency * item.offset) / Double(count)
                return (sum.0 + item.element * cos(angle), sum.1 + item.element * sin(angle))
            }
            #expect(abs(real[place] - re) < 1e-12 && abs(imaginary[place] - im) < 1e-12)
        }
        transform.inverse(&real, &imaginary)
        for index in 0..<count { #expect(abs(real[index] - values[index]) < 1e-14) }
    }
}
