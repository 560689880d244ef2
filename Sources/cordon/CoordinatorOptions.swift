import ArgumentParser
import FederationSetup

/// The keys of `coordinator.yaml` as flags; what they mean and may be stands in the table of keys.
struct CoordinatorOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Name of the federation, without spaces.", valueName: "name"))
    var name: String

    @Option(help: ArgumentHelp("Where hospitals reach the coordinator.", valueName: "host:port"))
    var address: String

    @Option(help: ArgumentHelp("Where it listens. (default: 0.0.0.0 and that port)", valueName: "host:port"))
    var listen: String?

    @Option(help: ArgumentHelp("Names of the hospitals, at least three, with commas between.", valueName: "a,b,c"))
    var hospitals: String

    @Option(help: ArgumentHelp("Names of the classes in the order of the labels.", valueName: "no,yes"))
    var classes: String

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Hospitals t needed to open anything. (default: ⌊(n+c)/2⌋+1)", valueName: "t"))
    var threshold: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Hospitals c that may be malicious. (default: ⌊(n−1)/3⌋)", valueName: "c"))
    var malicious: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("Rounds of training. (default: 20)", valueName: "rounds"))
    var rounds: String?

    @Option(help: ArgumentHelp("cnn or scattering. (default: scattering with privacy, else cnn)", valueName: "model"))
    var model: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("Side of the images. (default: 64)", valueName: "pixels"))
    var imageSize: String?

    @Option(
        help: ArgumentHelp(
            "Preprocessing digest of every store, from cordon images report. (default: ingest without "
                + "de-identification)", valueName: "digest"))
    var preprocessing: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Passes over a hospital's images in a round. (default: 1)", valueName: "epochs"))
    var localEpochs: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Public seed of the initial model. (default: drawn)", valueName: "number"))
    var initialSeed: String?

    @Option(help: ArgumentHelp("off, or epsilon=NUMBER over all rounds. (default: off)", valueName: "privacy"))
    var privacy: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("δ of that privacy. (default: 1e-5)", valueName: "delta"))
    var delta: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Coarse number of training patients of a hospital; needed with privacy.", valueName: "count")
    )
    var expectedPatients: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Deadline for training and bringing an update. (default: 7200)", valueName: "seconds"))
    var commitSeconds: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Deadline of each of the other six phases. (default: 600)", valueName: "seconds"))
    var phaseSeconds: String?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("How long a token works. (default: 14)", valueName: "days"))
    var invitationDays: String?

    var settings: CoordinatorSettings {
        var settings = CoordinatorSettings()
        settings.hospitals = Self.list(hospitals)
        settings.classes = Self.list(classes)
        let phases = ["reveal", "sketch", "verdict", "sum", "report", "vote"].map { ("\($0)Seconds", phaseSeconds) }
        let given: [(String, String?)] = [
            ("name", name), ("address", address), ("listen", listen), ("threshold", threshold),
            ("malicious", malicious), ("rounds", rounds), ("model", model), ("imageSize", imageSize),
            ("preprocessing", preprocessing), ("localEpochs", localEpochs), ("initialSeed", initialSeed),
            ("privacy", privacy), ("delta", delta), ("expectedPatients", expectedPatients),
            ("commitSeconds", commitSeconds),
            ("invitationDays", invitationDays),
        ]
        for (key, value) in given + phases { if let value { settings.values[key] = value } }
        return settings
    }

    private static func list(_ text: String) -> [String] {
        text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
}
