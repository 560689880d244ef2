import ArgumentParser
import Foundation
import Simulation

/// Every flag of `cordon simulate`, as text and numbers; `SimulationOptions` checks what they mean.
struct SimulationFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A manifest CSV (file,label[,patient][,split]), a folder per class, a MedMNIST .npz, a sealed store, or "
                + "synthetic[:COUNT].",
            discussion: "Without it: CORDON_DATA; else PneumoniaMNIST is downloaded; else synthetic images.",
            valueName: "path"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "Key or passphrase file of the sealed store that --data names. (default: CORDON_DATA_KEY)",
            valueName: "file"))
    var dataKey: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Side length to which images are resized, in pixels.", valueName: "pixels"))
    var imageSize = 64

    @Option(
        help: ArgumentHelp(
            "cnn, scattering or scattering2. (default: cnn without privacy, scattering2 with it)", valueName: "model"))
    var model: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Number of hospitals n, at least 3.", valueName: "n"))
    var hospitals = 5

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Hospitals t needed to open anything. (default: ⌊(n+c)/2⌋+1, c = ⌊(n−1)/3⌋ possibly malicious)",
            valueName: "t"))
    var threshold: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Number of rounds.", valueName: "rounds"))
    var rounds = 20

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Passes over a hospital's own images in one round.", valueName: "epochs"))
    var localEpochs = 1

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Seed of the run: partition, training, faults, attackers.", valueName: "seed"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("off, or epsilon=NUMBER for patient-level differential privacy.", valueName: "privacy"))
    var privacy = "off"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Number of malicious hospitals. (default: 1 with --attack)", valueName: "count"))
    var attackers: Int?

    @Option(
        help: ArgumentHelp(
            "\(SimulatedAttack.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "attack"))
    var attack: String?

    @Option(help: ArgumentHelp("on or off: whether verdicts may exclude a hospital.", valueName: "on|off"))
    var defence = "on"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Dirichlet concentration by label; 0.5 is very unlike. (default: hospitals alike)", valueName: "alpha"))
    var heterogeneity: Double?

    @Option(
        help: ArgumentHelp(
            "COUNT@PHASE[:ROUND]: hospitals fall silent from a phase on (of one round, or of every round).",
            discussion: "Phases: \(SimulatedVanishing.Phase.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "what"))
    var vanish: [String] = []

    @Option(
        help: ArgumentHelp(
            "Network faults, for instance loss=0.05,duplication=0.05,reordering=0.1,delay=20.", valueName: "faults"))
    var network: String?

    @Option(
        help: ArgumentHelp(
            "embedded: the coordinator alone signs the ledger. witnessed: the hospitals cosign what they executed. "
                + "evm: a contract on the chain of --rpc executes it too.",
            valueName: "tier"))
    var ledger = "embedded"

    @OptionGroup var chain: ChainFlags

    @Flag(help: "Also train each hospital alone and all data pooled, for comparison.")
    var baselines = false

    @Option(help: ArgumentHelp("Directory for the report, the ledger and the model.", valueName: "directory"))
    var out: String

    @Flag(help: "Print summary.json and nothing else on standard output.")
    var json = false

    /// - Throws: `SimulationError` with code `usage`.
    func options() throws -> SimulationOptions {
        guard defence == "on" || defence == "off" else {
            throw SimulationError(.usage, "--defence \(defence): write on or off")
        }
        guard data?.isEmpty != true else {
            throw SimulationError(
                .usage, "--data: the path is empty; give one, or leave --data out (see cordon help simulate)")
        }
        guard let tier = SimulationOptions.LedgerTier(rawValue: ledger) else {
            let known = SimulationOptions.LedgerTier.allCases.map(\.rawValue).joined(separator: " or ")
            throw SimulationError(.usage, "--ledger \(ledger): write \(known)")
        }
        try chain.check(tier)
        return try SimulationOptions(
            dataPath: data, dataKeyPath: dataKey, imageSize: imageSize, model: model.map { try .init(parsing: $0) },
            hospitals: hospitals, threshold: threshold, rounds: rounds, localEpochs: localEpochs, seed: seed,
            privacy: .init(parsing: privacy), attackers: attackers, attack: attack.map { try .init(parsing: $0) },
            isDefenceOn: defence == "on", heterogeneity: heterogeneity,
            vanishings: vanish.map { try .init(parsing: $0) }, measuresBaselines: baselines,
            network: network.map { try .init(parsing: $0) } ?? .none, ledger: tier, outputDirectory: out,
            printsJSON: json,
            commandLine: ["cordon"] + chain.withoutSecrets(Array(CommandLine.arguments.dropFirst())),
            startedAt: Date().ISO8601Format())
    }
}
