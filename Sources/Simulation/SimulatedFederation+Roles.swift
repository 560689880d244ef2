import Federation
import Ledger
import MultipartyEncryption
import RingArithmetic

extension SimulatedFederation {
    /// Builds coordinator and hospitals of a prepared run.
    init(_ preparation: RunPreparation, storage: RunStorage) throws {
        let agreement = preparation.agreement
        let options = preparation.options
        // Public values only: sharing them saves each party deriving the same again.
        let publics = try PublicDerivations(for: agreement, probes: preparation.probes)
        let hospitals = try preparation.identities.enumerated().map { member, identity in
            let keys = try (0..<options.rounds).map { index in
                try OneTimeRecipientKey(
                    seed: RunPreparation.bytes(32, options.seed, "recipient key \(member) \(index)"))
            }
            return try Hospital(
                agreement: agreement, member: member, identity: identity, initialModel: preparation.initialModel,
                recipientKeys: keys)
        }
        let workers = preparation.trainers.enumerated().map { member, trainer in
            SimulatedHospitalWork(
                honest: HospitalWork(agreement: agreement, member: member, publics: publics), trainer: trainer,
                forgery: preparation.attackers.contains(member) ? preparation.forgery : nil,
                clock: preparation.clock)
        }
        let coordinatorWork = SimulatedCoordinatorWork(
            honest: CoordinatorWork(agreement: agreement, publics: publics),
            tampers: options.attack == .tamperingCoordinator, clock: preparation.clock)
        try self.init(
            agreement: agreement,
            coordinator: Coordinator(
                agreement: agreement, identity: preparation.coordinator, initialModel: preparation.initialModel),
            hospitals: hospitals, coordinatorWork: coordinatorWork, workers: workers,
            vanishings: Self.vanishings(options), faults: options.network, storage: storage,
            clock: preparation.clock, seed: options.seed)
    }

    /// The hospitals that fall silent: the last ones, so that attackers (the first ones) stay.
    private static func vanishings(_ options: SimulationOptions) -> [Vanishing] {
        options.vanishings.flatMap { vanishing in
            (0..<vanishing.count).map {
                Vanishing(
                    member: options.hospitals - 1 - $0, phase: vanishing.phase.roundPhase,
                    round: vanishing.round.map(UInt32.init))
            }
        }
    }
}

extension SimulatedVanishing.Phase {
    /// Training and committing are one phase of the ledger.
    fileprivate var roundPhase: RoundPhase {
        switch self {
        case .train, .commit: .commit
        case .reveal: .reveal
        case .sketch: .sketch
        case .verdict: .verdict
        case .sum: .sum
        case .report: .report
        case .vote: .vote
        }
    }
}
