import Federation
import Ledger
import MedicalImaging
import Report

@testable import Simulation

/// A prepared and finished run on synthetic images, with everything it left.
struct SimulatedRun {
    let federation: SimulatedFederation
    let records: [LedgerRecord]
    private let storage: MemoryStorage
    let attackers: Set<Int>
    let coordinator: Identity
    let identities: [Identity]

    struct Silent: ProgressReporter {
        func report(_ event: ProgressEvent) {}
    }

    init(
        hospitals: Int = 5, rounds: Int = 2, seed: UInt64 = 1, attack: SimulatedAttack? = nil, attackers: Int? = nil,
        vanishings: [SimulatedVanishing] = [], network: NetworkFaults = .none, privacy: SimulationOptions.Privacy = .off
    ) async throws {
        let options = try SimulationOptions(
            dataPath: "synthetic:1000", imageSize: 32, model: .scattering, hospitals: hospitals, rounds: rounds,
            seed: seed, privacy: privacy, attackers: attackers, attack: attack, vanishings: vanishings,
            network: network, outputDirectory: "unused")
        let preparation = try RunPreparation(
            options, decoding: .decoding, environment: [:], clock: WorkClock(), reporter: Silent())
        let memory = MemoryStorage()
        var federation = try SimulatedFederation(preparation, storage: RunStorage(ledger: memory, blobs: memory))
        try await federation.run(
            observing: RunObserver(
                reporter: Silent(), rounds: rounds, names: preparation.identities.map(\.name), evaluate: { _ in nil }))
        self.federation = federation
        records = memory.records
        storage = memory
        self.attackers = preparation.attackers
        coordinator = preparation.coordinator
        identities = preparation.identities
    }

    var contract: FederationContract { federation.coordinator.log.contract }
    /// Whether an auditor finds all chunks of a ciphertext.
    func hasCiphertext(_ root: Digest) -> Bool { storage.hasCiphertext(root) }
    var root: Digest { federation.coordinator.log.merkle.root }
}
