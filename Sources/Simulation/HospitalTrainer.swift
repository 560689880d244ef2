import Federation
import FederationSetup
import RingArithmetic
import Synchronization

/// Local training of one simulated hospital on its own images: the real training, or an attacker's.
struct HospitalTrainer: LocalTrainer {
    /// What is done with a trained update before it goes its way.
    enum Conduct: Sendable, Hashable {
        case honest
        /// Sends `−factor·u`.
        case signFlip(factor: Float)
        /// Sends `factor·u`, to outweigh the others.
        case scaled(factor: Float)

        var multiplier: Float {
            switch self {
            case .honest: 1
            case .signFlip(let factor): -factor
            case .scaled(let factor): factor
            }
        }
    }

    let site: SiteTrainer
    let conduct: Conduct
    let clock: WorkClock
    private let spent = TrainingSeconds()

    init(_ site: SiteTrainer, conduct: Conduct, clock: WorkClock) {
        self.site = site
        self.conduct = conduct
        self.clock = clock
    }

    /// CPU seconds this trainer spent so far; its caller subtracts them from what it measures around it.
    var trainingSeconds: Double { spent.total.withLock { $0 } }

    func train(
        from model: [Float], round: UInt32, under terms: PrivacyTerms?, using rng: inout some CryptographicGenerator
    ) throws -> TrainedUpdate {
        let start = WorkClock.threadSeconds()
        defer { book(since: start, as: .training) }
        let trained = try site.train(from: model, round: round, under: terms, using: &rng)
        let multiplier = conduct.multiplier
        return TrainedUpdate(difference: trained.difference.map { $0 * multiplier }, event: trained.event)
    }

    func approves(candidate: [Float], over base: [Float]) throws -> Bool {
        guard conduct == .honest else { return true }
        let start = WorkClock.threadSeconds()
        defer { book(since: start, as: .evaluation) }
        return try site.approves(candidate: candidate, over: base)
    }

    private func book(since start: Double, as kind: WorkClock.Kind) {
        let seconds = WorkClock.threadSeconds() - start
        spent.total.withLock { $0 += seconds }
        clock.book(seconds, to: kind)
    }
}

/// CPU seconds of one trainer, shared by its copies.
private final class TrainingSeconds: Sendable {
    let total = Mutex(0.0)
}
