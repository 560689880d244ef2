import DifferentialPrivacy
import Federation
import HomomorphicEncryption
import Ledger
import MultipartyEncryption
import PoisoningDefence
import RingArithmetic

/// A small federation with real keys and real, if the smallest, parameters.
struct SwarmSetting: Sendable {
    let agreement: Agreement
    let federation: Digest
    let coordinator: Identity
    let identities: [Identity]
    /// A key that nobody agreed on.
    let stranger: Identity
    let initialModel: [Float]
    /// Directions drawn at random: what matters in a swarm is that everybody remembers alike.
    let probes: SuspicionProbes
    /// Seeds of one-time recipient keys, by member and index.
    let recipientSeeds: [[[UInt8]]]

    static let dimension = 1024
    private static let probeCount = 8
    /// Updates are drawn, so nobody plants anything: a thousand deviations.
    private static let unreachableBound: Int64 = 1_000_000
    static let epochMilliseconds: UInt64 = 1_700_000_000_000
    static let deadlines = PhaseDeadlines(
        commitMilliseconds: 60_000, revealMilliseconds: 30_000, sketchMilliseconds: 20_000,
        verdictMilliseconds: 20_000, sumMilliseconds: 20_000, reportMilliseconds: 20_000, voteMilliseconds: 20_000)
    static let roundMilliseconds: UInt64 = 190_000

    init(_ scenario: SwarmScenario) throws {
        let (members, seed) = (scenario.members, scenario.seed)
        coordinator = try Identity(seed: Self.secret(seed, "coordinator"), name: "coordinator")
        stranger = try Identity(seed: Self.secret(seed, "stranger"), name: "stranger")
        identities = try (0..<members).map {
            try Identity(seed: Self.secret(seed, "identity \($0)"), name: "hospital-\($0)")
        }
        recipientSeeds = (0..<members).map { member in
            (0..<Int(scenario.rounds)).map { Self.secret(seed, "recipient key \(member) \($0)") }
        }
        initialModel = [Float](repeating: 0.125, count: Self.dimension)
        var directions = KeyedStream.simulation(seed: seed, purpose: "probes")
        probes = SuspicionProbes(
            (0..<Self.probeCount).map { _ in
                (0..<Self.dimension).map { _ in Int64.random(in: -100...100, using: &directions) }
            })
        agreement = try Agreement(
            name: "swarm-\(seed)", members: identities.map { Agreement.Member(name: $0.name, publicKey: $0.publicKey) },
            coordinatorKey: coordinator.publicKey,
            threshold: Agreement.defaultThreshold(members: members, corruptible: scenario.corruptible),
            corruptible: scenario.corruptible, rounds: scenario.rounds, pipeline: "swarm",
            initialModel: modelDigestOf(initialModel),
            encryption: EncryptionParameters(
                set: .tiny, dimension: Self.dimension, members: members, patientLevelPrivacy: scenario.hasPrivacy),
            clipNorm: 1, privacy: scenario.hasPrivacy ? Self.terms : nil,
            defence: DefencePolicy(
                members: 0, corruptible: 0, rules: [],
                triggers: TriggerTerms(
                    probes: probes.digest.hex, bound: Self.unreachableBound, alarmBound: Self.unreachableBound,
                    campBound: Self.unreachableBound)),
            deadlines: Self.deadlines)
        federation = try agreement.federation
    }

    /// Enough for three rounds.
    private static let terms = PrivacyTerms(
        epsilonBudget: 40, delta: 1e-5, noiseMultiplier: 1.5, samplingRate: 1, stepsPerRound: 2, patientClipNorm: 1,
        expectedPatients: 100)

    private static func secret(_ seed: UInt64, _ purpose: String) -> [UInt8] {
        RunPreparation.bytes(32, seed, "swarm \(purpose)")
    }
}
