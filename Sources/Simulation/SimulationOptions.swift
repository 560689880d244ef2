/// What `cordon simulate` was asked to do, checked: a value of this type can be run.
package struct SimulationOptions: Hashable, Sendable {
    /// The model that the hospitals train.
    package enum ModelKind: String, CaseIterable, Hashable, Sendable {
        case cnn, scattering, scattering2
    }

    /// Who vouches for the ledger: the coordinator alone, the hospitals too, or the validators of a chain.
    package enum LedgerTier: String, CaseIterable, Hashable, Sendable {
        case embedded, witnessed, evm
    }

    /// Differential privacy of training.
    package enum Privacy: Hashable, Sendable {
        case off
        /// Patient-level, with this ε over the whole run.
        case epsilon(Double)
    }

    /// A manifest, a folder a class, an `.npz`, or a sealed store; nil takes `CORDON_DATA`, the download, or synthetic
    /// images.
    package let dataPath: String?
    /// The file that opens a sealed store; nil takes `CORDON_DATA_KEY`.
    package let dataKeyPath: String?
    /// Side length of the square grey images in pixels.
    package let imageSize: Int
    package let model: ModelKind
    /// Number of hospitals n.
    package let hospitals: Int
    /// Hospitals t needed to open anything.
    package let threshold: Int
    /// Hospitals c that may be malicious: ⌊(n − 1) / 3⌋.
    package let corruptible: Int
    package let rounds: Int
    package let localEpochs: Int
    package let seed: UInt64
    package let privacy: Privacy
    /// Number of malicious hospitals; 0 when the coordinator is the attacker.
    package let attackers: Int
    package let attack: SimulatedAttack?
    package let isDefenceOn: Bool
    /// Dirichlet concentration α by label; nil divides alike.
    package let heterogeneity: Double?
    package let vanishings: [SimulatedVanishing]
    /// Whether each hospital alone and pooled data are trained for comparison.
    package let measuresBaselines: Bool
    package let network: NetworkFaults
    package let ledger: LedgerTier
    package let outputDirectory: String
    /// Whether only `summary.json` goes to standard output.
    package let printsJSON: Bool
    /// The command that makes this run again, for the report.
    package let commandLine: [String]
    /// ISO 8601 instant at which the run began, for the report.
    package let startedAt: String

    /// Checks every value and fills in the defaults.
    ///
    /// - Parameters:
    ///   - model: nil takes `cnn` without privacy and `scattering` with it.
    ///   - threshold: nil takes ⌊(n + c) / 2⌋ + 1.
    ///   - attackers: nil takes 1 when `attack` is a hospital's, else 0.
    /// - Throws: `SimulationError` with code `usage` that names the flag, what is wrong with it and what to do.
    package init(
        dataPath: String? = nil, dataKeyPath: String? = nil, imageSize: Int = 64, model: ModelKind? = nil,
        hospitals: Int = 5, threshold: Int? = nil, rounds: Int = 20, localEpochs: Int = 1, seed: UInt64 = 1,
        privacy: Privacy = .off, attackers: Int? = nil, attack: SimulatedAttack? = nil, isDefenceOn: Bool = true,
        heterogeneity: Double? = nil, vanishings: [SimulatedVanishing] = [], measuresBaselines: Bool = false,
        network: NetworkFaults = .none, ledger: LedgerTier = .embedded, outputDirectory: String,
        printsJSON: Bool = false,
        commandLine: [String] = [], startedAt: String = ""
    ) throws {
        guard (Self.fewestHospitals...Self.mostHospitals).contains(hospitals) else {
            throw Self.usage(
                "--hospitals \(hospitals): a federation needs at least \(Self.fewestHospitals) hospitals (with two, "
                    + "each learns the other's update from the sum) and at most \(Self.mostHospitals)")
        }
        let corruptible = (hospitals - 1) / 3
        self.hospitals = hospitals
        self.corruptible = corruptible
        self.threshold = threshold ?? (hospitals + corruptible) / 2 + 1
        try Self.check(threshold: self.threshold, hospitals: hospitals, corruptible: corruptible)

        try Self.check("--image-size", imageSize, in: 16...512, "pixels")
        try Self.check("--rounds", rounds, in: 1...10_000, "rounds")
        try Self.check("--local-epochs", localEpochs, in: 1...100, "epochs")
        if case .epsilon(let epsilon) = privacy, !(epsilon.isFinite && epsilon > 0 && epsilon <= 100) {
            throw Self.usage("--privacy epsilon=\(epsilon): ε must be above 0 and at most 100; 8 is a usual choice")
        }
        if let heterogeneity, !(heterogeneity.isFinite && heterogeneity >= 0.01 && heterogeneity <= 1_000) {
            throw Self.usage(
                "--heterogeneity \(heterogeneity): the Dirichlet concentration must lie in 0.01 … 1000; small values "
                    + "make hospitals unlike (0.5 is strong), leave it out for hospitals alike")
        }
        self.attackers = try Self.attackers(attackers, attack: attack, hospitals: hospitals)
        for vanishing in vanishings {
            guard vanishing.count <= hospitals else {
                throw Self.usage("--vanish: \(vanishing.count) hospitals cannot vanish of \(hospitals)")
            }
            guard (vanishing.round ?? 1) <= rounds else {
                throw Self.usage("--vanish: round \(vanishing.round ?? 0) lies beyond --rounds \(rounds)")
            }
        }
        guard ledger != .evm || rounds <= Self.mostRoundsOnChain else {
            throw Self.usage(
                "--ledger evm: a hospital's one-time keys stand in one entry, of which the contract takes at most "
                    + "\(Self.mostRoundsOnChain) rounds' worth; --rounds \(rounds) is more")
        }
        guard !outputDirectory.isEmpty else { throw Self.usage("--out: the directory's name is empty") }
        self.dataPath = dataPath
        self.dataKeyPath = dataKeyPath
        self.imageSize = imageSize
        self.model = model ?? (privacy == .off ? .cnn : .scattering2)
        self.rounds = rounds
        self.localEpochs = localEpochs
        self.seed = seed
        self.privacy = privacy
        self.attack = attack
        self.isDefenceOn = isDefenceOn
        self.heterogeneity = heterogeneity
        self.vanishings = vanishings
        self.measuresBaselines = measuresBaselines
        self.network = network
        self.ledger = ledger
        self.outputDirectory = outputDirectory
        self.printsJSON = printsJSON
        self.commandLine = commandLine
        self.startedAt = startedAt
    }

    /// With two, each hospital subtracts its own update from the sum and has the other's.
    package static let fewestHospitals = 3
    /// 262,144 bytes of the contract's largest entry, 1,220 a key.
    package static let mostRoundsOnChain = 214
    /// The packing of the encryption was planned and measured up to here.
    package static let mostHospitals = 100
}
