import Federation
import FederationSetup
import HomomorphicEncryption
import Ledger
import MedicalImaging
import ModelTraining
import MultipartyEncryption
import PoisoningDefence
import RingArithmetic

/// Everything a run needs, made from its options: images divided over hospitals, agreement, roles, attackers.
struct RunPreparation: Sendable {
    let options: SimulationOptions
    let images: ImageSet
    /// Training images by hospital, and held-out validation images by hospital.
    let shares: [[Int]]
    let validationShares: [[Int]]
    let specification: ModelSpecification
    let configuration: TrainingConfiguration
    let privacy: PrivacyConfiguration?
    let terms: PrivacyTerms?
    let agreement: Agreement
    let initialModel: [Float]
    let probes: SuspicionProbes
    let coordinator: Identity
    let identities: [Identity]
    let trainers: [HospitalTrainer]
    let attackers: Set<Int>
    let forgery: ContributionForgery?
    let test: TrainingSet
    let clock: WorkClock

    /// δ of the guarantee.
    static let delta = AgreementPlan.standardDelta
    /// Factor of a scaling attacker; the agreement's clip norm still bounds what it sends.
    static let scalingFactor: Float = 20
    static let signFlipFactor: Float = 2
    /// Share of an attacker's other-class images that carry its trigger.
    static let triggerFraction = 0.5
    /// The label a backdoor wants: the first class, "normal" where there is one.
    static let backdoorTarget = 0

    init(
        _ options: SimulationOptions, decoding preparation: SamplePreparation, environment: [String: String],
        clock: WorkClock, reporter: any ProgressReporter
    ) throws {
        self.options = options
        self.clock = clock
        let source = ImageSource.resolve(data: options.dataPath, environment: environment)
        let loaded = try clock.measure(.loading) {
            try loadImages(
                from: source, key: options.dataKeyPath.map { StoreKeyFile($0) }, imageSize: options.imageSize,
                seed: options.seed, preparation: preparation, environment: environment,
                progress: { reporter.report(.loading(done: $0, total: $1)) })
        }
        images = loaded
        shares = try partition(
            loaded, hospitals: options.hospitals, heterogeneity: options.heterogeneity, seed: options.seed)
        validationShares = Self.divide(loaded, hospitals: options.hospitals)
        specification = try ModelSpecification(
            kind: .init(options.model), imageSize: options.imageSize,
            classCount: loaded.classNames.count)
        configuration = Self.configuration(for: specification.kind, options)
        attackers = Set((0..<options.attackers).map { $0 })
        forgery = options.attack.flatMap(ContributionForgery.init)
        coordinator = try Identity(
            seed: Self.bytes(32, options.seed, "coordinator identity"), name: "coordinator")
        identities = try (0..<options.hospitals).map {
            try Identity(seed: Self.bytes(32, options.seed, "identity \($0)"), name: Self.hospitalName($0))
        }
        privacy = try Self.privacy(options, for: specification.kind, images: loaded, shares: shares)
        terms = privacy.map { PrivacyTerms($0, epsilonBudget: options.epsilonBudget, delta: Self.delta) }
        let pipeline = try TrainingPipeline(
            model: specification, training: configuration, privateTraining: privacy, classes: loaded.classNames,
            preprocessing: try loaded.preprocessing.hexadecimalDigest, initialSeed: options.seed)
        initialModel = try pipeline.initialModel
        probes = options.isDefenceOn ? try pipeline.suspicionProbes() : SuspicionProbes([])
        agreement = try Self.agreement(options, pipeline, terms, coordinator: coordinator, identities: identities)
        let specification = specification
        let prepare = { (indices: [Int]) in
            try clock.measure(.loading) {
                try TrainingSet(
                    loaded, indices: indices, specification: specification, normalisation: .standard)
            }
        }
        test = try prepare(loaded.indices(of: .test))
        var trainers: [HospitalTrainer] = []
        for hospital in 0..<options.hospitals {
            let attack = attackers.contains(hospital) ? options.attack : nil
            let own = try prepare(shares[hospital])
            let held = validationShares[hospital].isEmpty ? nil : try prepare(validationShares[hospital])
            trainers.append(
                HospitalTrainer(
                    SiteTrainer(
                        specification: specification, configuration: configuration, privacy: privacy,
                        rounds: options.rounds, seed: SiteTrainer.seed(ofRun: options.seed, member: hospital),
                        training: try Self.poisoned(own, by: attack, options), validation: held),
                    conduct: Self.conduct(of: attack), clock: clock))
        }
        self.trainers = trainers
    }

    /// Hospitals' names in the order of the agreement.
    static func hospitalName(_ index: Int) -> String { "hospital-\(index + 1)" }

    static func bytes(_ count: Int, _ seed: UInt64, _ purpose: String) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var stream = KeyedStream.simulation(seed: seed, purpose: purpose)
        stream.fill(&bytes)
        return bytes
    }

    /// Validation patients, dealt over the hospitals in the order of their names; a patient stays whole.
    private static func divide(_ images: ImageSet, hospitals: Int) -> [[Int]] {
        let indices = images.indices(of: .validation)
        let patients = Array(Set(indices.map { images.samples[$0].patient })).sorted()
        let owner = Dictionary(uniqueKeysWithValues: patients.enumerated().map { ($1, $0 % hospitals) })
        var shares = Array(repeating: [Int](), count: hospitals)
        for index in indices { shares[owner[images.samples[index].patient] ?? 0].append(index) }
        return shares
    }

    private static func configuration(for kind: ModelKind, _ options: SimulationOptions) -> TrainingConfiguration {
        var configuration = TrainingConfiguration.defaults(for: kind)
        configuration.localEpochs = options.localEpochs
        return configuration
    }

    /// Calibrates the noise to the budget; constants of the agreement only.
    private static func privacy(
        _ options: SimulationOptions, for kind: ModelKind, images: ImageSet, shares: [[Int]]
    ) throws -> PrivacyConfiguration? {
        guard case .epsilon(let epsilon) = options.privacy else { return nil }
        let mean = shares.map { images.patientCount($0) }.reduce(0, +) / options.hospitals
        return try .calibrated(
            for: kind, epsilon: epsilon, delta: delta, rounds: options.rounds, expectedPatients: coarse(mean))
    }

    /// A declared, coarse size: two significant digits, so that no single patient shows in it.
    private static func coarse(_ count: Int) -> Int {
        var unit = 1
        while count / unit >= 100 { unit *= 10 }
        return max(1, count / unit * unit)
    }

    private static func poisoned(_ set: TrainingSet, by attack: SimulatedAttack?, _ options: SimulationOptions) throws
        -> TrainingSet
    {
        switch attack {
        case .labelFlip:
            let classes = set.specification.classCount
            return set.relabelled { classes - 1 - $0 }
        case .backdoor, .scaling:
            return try set.withTrigger(
                PixelTrigger(), fraction: triggerFraction, target: backdoorTarget, seed: options.seed)
        case .signFlip, .garbage, .wrap, .badDealer, .tamperingCoordinator, nil:
            return set
        }
    }

    private static func conduct(of attack: SimulatedAttack?) -> HospitalTrainer.Conduct {
        switch attack {
        case .signFlip: .signFlip(factor: signFlipFactor)
        case .scaling: .scaled(factor: scalingFactor)
        case .backdoor, .labelFlip, .garbage, .wrap, .badDealer, .tamperingCoordinator, nil: .honest
        }
    }
}

extension ModelKind {
    init(_ kind: SimulationOptions.ModelKind) {
        switch kind {
        case .cnn: self = .cnn
        case .scattering: self = .scattering
        case .scattering2: self = .scattering2
        }
    }
}

extension ContributionForgery {
    /// The forgery behind an attack's name; nil when the attack is made by training or by the coordinator.
    init?(_ attack: SimulatedAttack) {
        switch attack {
        case .garbage: self = .garbage
        case .wrap: self = .wrap
        case .badDealer: self = .badDealer
        case .backdoor, .labelFlip, .signFlip, .scaling, .tamperingCoordinator: return nil
        }
    }
}

extension SimulationOptions {
    /// ε of the agreement; 0 without privacy.
    var epsilonBudget: Double {
        if case .epsilon(let epsilon) = privacy { return epsilon }
        return 0
    }
}
