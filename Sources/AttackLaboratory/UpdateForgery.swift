import Foundation
import MedicalImaging

/// What attackers send instead of their updates. They know all honest updates of the round: the strongest case.
struct UpdateForgery {
    /// Honest updates of the round, at least one.
    let honest: [[Float]]

    static let scalingFactor: Float = 20
    /// Deviations from the honest mean in which "a little is enough" hides.
    static let littleDeviations = 0.5
    /// Share of coordinates that Neurotoxin leaves alone.
    static let neurotoxinMask = 0.1

    /// - Parameters:
    ///   - trained: What the attacker's own (poisoned) training gave.
    ///   - first: What the first attacker's gave.
    ///   - progress: Share of the rounds that lie behind, in 0..<1.
    func forged(
        _ attack: LaboratoryAttack, trained: [Float], first: [Float], progress: Double,
        using generator: inout SeededGenerator
    ) -> [Float] {
        switch attack {
        case .none, .labelFlip, .labelFlipOneClass, .backdoor, .distributedBackdoor, .greyPatchBackdoor,
            .checkerboardBackdoor, .lineBackdoor, .blendBackdoor:
            return trained
        case .signFlip: return trained.map { -2 * $0 }
        case .scaledBackdoor, .lateShot: return trained.map { Self.scalingFactor * $0 }
        case .identicalColluders: return first
        case .freeRider: return trained.map { _ in 0 }
        case .gaussian:
            let noise = trained.map { _ in Float(normal(&generator)) }
            return scaled(noise, to: norm(trained))
        case .littleIsEnough:
            return zip(mean, deviations).map { $0 - Float(Self.littleDeviations) * $1 }
        case .innerProduct: return mean.map { -0.5 * $0 }
        case .minMax:
            let limit = honest.flatMap { one in honest.map { squaredDistance(one, $0) } }.max() ?? 0
            return furthest { candidate in honest.allSatisfy { squaredDistance(candidate, $0) <= limit } }
        case .minSum:
            let limit = honest.map { one in honest.reduce(0) { $0 + squaredDistance(one, $1) } }.max() ?? 0
            return furthest { candidate in honest.reduce(0) { $0 + squaredDistance(candidate, $1) } <= limit }
        case .neurotoxin:
            let sizes = mean.map { abs($0) }
            let cut = sizes.sorted()[Int(Double(sizes.count) * (1 - Self.neurotoxinMask))]
            return zip(trained, sizes).map { $1 >= cut ? 0 : $0 }
        case .constrainedBackdoor:
            let norms = honest.map(norm).sorted()
            let mean = mean
            let own = scaled(trained, to: norm(mean))
            return scaled(zip(own, mean).map { 0.5 * ($0 + $1) }, to: norms[norms.count / 2])
        }
    }

    private var mean: [Float] {
        var sum = [Float](repeating: 0, count: honest[0].count)
        for update in honest { for index in sum.indices { sum[index] += update[index] } }
        return sum.map { $0 / Float(honest.count) }
    }

    private var deviations: [Float] {
        let mean = mean
        return mean.indices.map { index in
            let square = honest.reduce(Float(0)) { $0 + ($1[index] - mean[index]) * ($1[index] - mean[index]) }
            return (square / Float(honest.count)).squareRoot()
        }
    }

    /// mean − γ·mean/‖mean‖ with the largest γ that is allowed, by bisection.
    private func furthest(_ isAllowed: ([Float]) -> Bool) -> [Float] {
        let mean = mean
        let unit = scaled(mean, to: 1)
        func point(_ gamma: Double) -> [Float] { zip(mean, unit).map { $0 - Float(gamma) * $1 } }
        var (low, high) = (0.0, 20 * max(1e-6, honest.map(norm).max() ?? 0))
        for _ in 0..<24 {
            let middle = (low + high) / 2
            if isAllowed(point(middle)) { low = middle } else { high = middle }
        }
        return point(low)
    }

    private func norm(_ vector: [Float]) -> Double {
        vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    }

    private func scaled(_ vector: [Float], to length: Double) -> [Float] {
        let factor = Float(length / max(norm(vector), 1e-12))
        return vector.map { $0 * factor }
    }

    private func squaredDistance(_ one: [Float], _ other: [Float]) -> Double {
        zip(one, other).reduce(0.0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
    }

    /// Box and Muller 1958.
    private func normal(_ generator: inout SeededGenerator) -> Double {
        (-2 * log(max(generator.uniform(), 1e-300))).squareRoot() * cos(2 * Double.pi * generator.uniform())
    }
}
