/// Everything a run is known by: the versioned contents of `summary.json`, from which the report is drawn. No field
/// holds a patient's name, a file name of an image or a secret. Shares, rates and probabilities are fractions in 0
/// … 1.
package struct RunSummary: Codable, Hashable, Sendable {
    /// Version of this format; a reader refuses a greater one.
    package var schemaVersion: Int
    /// Version of the program that made the run.
    package var cordonVersion: String
    /// Instant at which the run began, ISO 8601 in UTC.
    package var startedAt: String
    /// Seed from which data partition, training, faults and attackers were drawn.
    package var seed: UInt64
    /// The command that makes this run again, one argument an element.
    package var commandLine: [String]
    /// Where the images came from and how they were divided.
    package var dataSet: DataSet
    /// The published model.
    package var model: Model
    /// Hospitals, thresholds and what became of the rounds.
    package var federation: Federation
    /// The parameters of the encryption and what they cost on the wire.
    package var encryption: Encryption
    /// Every round in order, abandoned and rolled-back ones included.
    package var rounds: [Round]
    /// The published model on the test split.
    package var metrics: Metrics
    /// Every hospital in the order of the agreement.
    package var perHospital: [Hospital]
    /// What each hospital reaches alone and what pooled data would reach, when measured.
    package var baselines: Baselines?
    /// The simulated attack and how far it came, when there was one.
    package var attack: Attack?
    /// The guarantee given to patients; absent when training ran without differential privacy.
    package var privacy: Privacy?
    /// Whether poisoning detection was on, and which rules decided.
    package var defence: Defence
    /// Wall-clock seconds by kind of work, over the whole run.
    package var timing: Timing
    /// Fraction (0 … 1) of the total time spent in cryptography, ledger and protocol.
    package var protocolShare: Double
    /// Bytes sent over the whole run.
    package var bytes: Bytes
    /// The final checkpoint and what an offline replay of the ledger proved.
    package var ledger: Ledger
    /// A few test images with the model's answers, for the report only.
    package var examples: [Example]
    /// What a reader must know before quoting any figure of this run.
    package var warnings: [String]

    package init(
        schemaVersion: Int = RunSummary.currentSchemaVersion, cordonVersion: String, startedAt: String, seed: UInt64,
        commandLine: [String], dataSet: DataSet, model: Model, federation: Federation, encryption: Encryption,
        rounds: [Round], metrics: Metrics, perHospital: [Hospital], baselines: Baselines? = nil,
        attack: Attack? = nil, privacy: Privacy? = nil, defence: Defence, timing: Timing, protocolShare: Double,
        bytes: Bytes, ledger: Ledger, examples: [Example] = [], warnings: [String] = []
    ) {
        self.schemaVersion = schemaVersion
        self.cordonVersion = cordonVersion
        self.startedAt = startedAt
        self.seed = seed
        self.commandLine = commandLine
        self.dataSet = dataSet
        self.model = model
        self.federation = federation
        self.encryption = encryption
        self.rounds = rounds
        self.metrics = metrics
        self.perHospital = perHospital
        self.baselines = baselines
        self.attack = attack
        self.privacy = privacy
        self.defence = defence
        self.timing = timing
        self.protocolShare = protocolShare
        self.bytes = bytes
        self.ledger = ledger
        self.examples = examples
        self.warnings = warnings
    }

    /// The version that this program writes.
    package static let currentSchemaVersion = 1
}
