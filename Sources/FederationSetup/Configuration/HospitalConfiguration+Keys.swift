extension HospitalConfiguration {
    /// Every key of `hospital.yaml`, in the order of the reference.
    package static let keys = [
        Key.name, Key.identityKey, Key.data, Key.dataKey, Key.epsilonMax, Key.deltaMax, Key.hospitalsMin,
        Key.maliciousMin, Key.roundsMax, Key.security, Key.commitSecondsMin, Key.phaseSecondsMin, Key.stallSeconds,
        Key.retrySecondsMax,
    ]

    enum Key {
        static let name = ConfigurationKey(
            "name", .text, .required, "This hospital's name, as the coordinator invited it.")
        static let identityKey = ConfigurationKey(
            "identityKey", .path, .value("identity.key"), "File of this hospital's identity, mode 0600.")
        static let data = ConfigurationKey(
            "data", .path, .derived("none; required to join"), "The sealed store of images, from cordon images ingest.")
        static let dataKey = ConfigurationKey(
            "dataKey", .path, .derived("none; required with data"), "The file that opens the store.")
        static let epsilonMax = ConfigurationKey(
            "epsilonMax", .text, .value("8"),
            "Largest ε that is agreed to; unbounded also agrees to training without differential privacy.")
        static let deltaMax = ConfigurationKey(
            "deltaMax", .number(1e-12...1e-3), .value("1e-5"), "Largest δ that is agreed to.")
        static let hospitalsMin = ConfigurationKey(
            "hospitalsMin", .integer(3...200), .value("3"), "Fewest hospitals that is agreed to.")
        static let maliciousMin = ConfigurationKey(
            "maliciousMin", .integer(0...66), .derived("⌊(n−1)/3⌋"),
            "Fewest malicious hospitals c against which the promises must hold.")
        static let roundsMax = ConfigurationKey(
            "roundsMax", .integer(1...10_000), .value("1000"), "Most rounds that is agreed to.")
        static let security = ConfigurationKey(
            "security", .choice(["quantum128", "classical128"]), .value("quantum128"),
            "Weakest level of encryption that is agreed to.")
        static let commitSecondsMin = ConfigurationKey(
            "commitSecondsMin", .integer(1...604_800), .value("300"),
            "Shortest deadline for training and bringing an update that is agreed to.")
        static let phaseSecondsMin = ConfigurationKey(
            "phaseSecondsMin", .integer(1...604_800), .value("10"),
            "Shortest deadline of the other phases that is agreed to.")
        static let stallSeconds = CoordinatorConfiguration.Key.stallSeconds
        static let retrySecondsMax = CoordinatorConfiguration.Key.retrySecondsMax
    }
}
