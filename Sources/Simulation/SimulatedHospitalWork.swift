import Federation
import RingArithmetic

/// A hospital's slow work in the simulation: the real work, timed; or, for an attacker below the level of training, the
/// real work with a forged contribution.
struct SimulatedHospitalWork: Sendable {
    let honest: HospitalWork
    let trainer: HospitalTrainer
    let forgery: ContributionForgery?
    let clock: WorkClock

    func carryOut(_ job: HospitalJob, reading chunks: ChunkShelf, using rng: inout KeyedStream) -> HospitalEvent {
        let start = WorkClock.threadSeconds()
        let trainedBefore = trainer.trainingSeconds
        defer {
            // Training and evaluation book their own time; what remains is cryptography.
            let inside = trainer.trainingSeconds - trainedBefore
            clock.book(WorkClock.threadSeconds() - start - inside, to: job.kind)
        }
        if case .contribute(let round, let account) = job, let forgery {
            return .contributed(
                round: round.round, forgery.contribution(to: round, account, by: honest, training: trainer, using: &rng)
            )
        }
        return honest.carryOut(job, reading: chunks, training: trainer, using: &rng)
    }
}

extension HospitalJob {
    fileprivate var kind: WorkClock.Kind {
        switch self {
        case .contribute: .encryption
        case .answer, .inspect, .judge, .check, .validate, .assemble, .recall: .openings
        }
    }
}

/// The coordinator's slow work in the simulation; a tampering one adds to the encrypted sum.
struct SimulatedCoordinatorWork: Sendable {
    let honest: CoordinatorWork
    let tampers: Bool
    let clock: WorkClock

    func carryOut(_ job: CoordinatorJob, reading chunks: ChunkShelf) -> CoordinatorEvent {
        clock.measure(.openings) {
            let event = honest.carryOut(job, reading: chunks)
            guard tampers, case .summed(let round, .success(let sum)) = event,
                case .openSum(let closed, _, let keyAnswers, let base, _) = job
            else { return event }
            return .summed(round: round, tampered(sum, closed, keyAnswers, base))
        }
    }
}
