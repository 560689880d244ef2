import DifferentialPrivacy
import Foundation
import Testing

/// Figures of dp_accounting 0.6.0 and of scipy, made by `Tests/Vectors/privacy/make_vectors.py`.
struct AccountantVectors: Decodable {
    struct Priced: Decodable, Sendable, CustomTestStringConvertible {
        let noiseMultiplier: Double
        let samplingRate: Double
        let steps: Int
        let delta: Double
        let epsilonRDP: Double
        let order: Double
        let droppedOrders: [Double]
        let epsilonExact: Double?

        var event: PrivacyEvent { trainingEvent(noiseMultiplier, samplingRate, steps) }
        var testDescription: String { "σ=\(noiseMultiplier) q=\(samplingRate) T=\(steps) δ=\(delta)" }
    }

    struct Calibrated: Decodable, Sendable, CustomTestStringConvertible {
        let epsilon: Double
        let delta: Double
        let samplingRate: Double
        let steps: Int
        let noiseMultiplier: Double

        var testDescription: String { "ε=\(epsilon) q=\(samplingRate) T=\(steps)" }
    }

    let source: String
    let epsilons: [Priced]
    let calibrations: [Calibrated]

    static let known: AccountantVectors = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Vectors/privacy/accountants.json")
        do {
            return try JSONDecoder().decode(AccountantVectors.self, from: Data(contentsOf: file))
        } catch {
            preconditionFailure("test vectors are unreadable: \(error)")
        }
    }()
}

func trainingEvent(_ noiseMultiplier: Double, _ samplingRate: Double, _ steps: Int) -> PrivacyEvent {
    let release = PrivacyEvent.gaussian(noiseMultiplier: noiseMultiplier)
    return .selfComposed(
        count: steps, samplingRate == 1 ? release : .poissonSampled(samplingRate: samplingRate, release))
}
