extension CoordinatorConfiguration {
    /// Every key of `coordinator.yaml`, in the order of the reference.
    package static let keys = [
        Key.name, Key.address, Key.listen, Key.hospitals, Key.threshold, Key.malicious, Key.rounds, Key.model,
        Key.imageSize, Key.classes, Key.preprocessing, Key.localEpochs, Key.initialSeed, Key.privacy, Key.delta,
        Key.expectedPatients, Key.commitSeconds, Key.revealSeconds, Key.sketchSeconds, Key.verdictSeconds,
        Key.sumSeconds, Key.reportSeconds, Key.voteSeconds, Key.invitationDays, Key.identityKey, Key.stallSeconds,
        Key.retrySecondsMax,
    ]

    enum Key {
        static let name = ConfigurationKey(
            "name", .text, .required, "Name of the federation, without spaces; it stands in the agreement.")
        static let address = ConfigurationKey(
            "address", .address, .required, "Where hospitals reach the coordinator; it stands in their tokens.")
        static let listen = ConfigurationKey(
            "listen", .address, .derived("0.0.0.0 and the port of address"), "Where the coordinator listens.")
        static let hospitals = ConfigurationKey(
            "hospitals", .list, .required, "Names of the hospitals, at least three; their order is kept for ever.")
        static let threshold = ConfigurationKey(
            "threshold", .integer(2...200), .derived("⌊(n+c)/2⌋+1"), "t: hospitals needed to open anything.")
        static let malicious = ConfigurationKey(
            "malicious", .integer(0...66), .derived("⌊(n−1)/3⌋"),
            "c: hospitals that may be malicious and collude with the coordinator.")
        static let rounds = ConfigurationKey("rounds", .integer(1...10_000), .value("20"), "Rounds of training.")
        static let model = ConfigurationKey(
            "model", .choice(["cnn", "scattering", "scattering2"]),
            .derived("cnn without privacy, scattering2 with it"),
            "The model that is trained.")
        static let imageSize = ConfigurationKey(
            "imageSize", .integer(16...512), .value("64"), "Side of the square images in pixels.")
        static let classes = ConfigurationKey(
            "classes", .list, .required, "Names of the classes, in the order in which every hospital's store has them.")
        static let preprocessing = ConfigurationKey(
            "preprocessing", .text, .derived("that of images ingest --size imageSize without de-identification"),
            "Digest of how files became samples, as cordon images report prints it; equal at every hospital.")
        static let localEpochs = ConfigurationKey(
            "localEpochs", .integer(1...100), .value("1"), "Passes over a hospital's images in a round.")
        static let initialSeed = ConfigurationKey(
            "initialSeed", .integer(0...Int.max), .value("1"), "Public seed of the initial model.")
        static let privacy = ConfigurationKey(
            "privacy", .text, .value("off"),
            "off, or epsilon=NUMBER: patient-level differential privacy with this ε over all rounds.")
        static let delta = ConfigurationKey("delta", .number(1e-12...1e-3), .value("1e-5"), "δ of that privacy.")
        static let expectedPatients = ConfigurationKey(
            "expectedPatients", .integer(1...10_000_000), .derived("none; required with privacy"),
            "Declared, coarse number of training patients of a hospital, by which the noisy sum is divided.")
        static let commitSeconds = deadline("commit", "7200", "train, encrypt and bring the update")
        static let revealSeconds = deadline("reveal", "600", "reveal nonces")
        static let sketchSeconds = deadline("sketch", "600", "open the sketches")
        static let verdictSeconds = deadline("verdict", "600", "agree on who is accepted")
        static let sumSeconds = deadline("sum", "600", "open the sum")
        static let reportSeconds = deadline("report", "600", "check the sum block by block")
        static let voteSeconds = deadline("vote", "600", "test the candidate model and vote")
        static let invitationDays = ConfigurationKey(
            "invitationDays", .integer(1...365), .value("14"), "How long a token works.")
        static let identityKey = ConfigurationKey(
            "identityKey", .path, .value("identity.key"), "File of the coordinator's identity, mode 0600.")
        static let stallSeconds = ConfigurationKey(
            "stallSeconds", .integer(5...3600), .value("60"),
            "A transfer or stream without a byte for so long is dropped and begun anew.")
        static let retrySecondsMax = ConfigurationKey(
            "retrySecondsMax", .integer(1...3600), .value("60"), "Longest pause between two attempts to connect.")

        private static func deadline(_ phase: String, _ seconds: String, _ what: String) -> ConfigurationKey {
            ConfigurationKey(
                "\(phase)Seconds", .integer(1...604_800), .value(seconds),
                "Deadline of a phase: how long hospitals have to \(what).")
        }
    }
}
