package import RingArithmetic

/// What `cordon coordinator init` was given, as text by key: it becomes `coordinator.yaml`.
package struct CoordinatorSettings: Sendable {
    package var hospitals: [String] = []
    package var classes: [String] = []
    /// Other keys by name; those that are missing keep their defaults.
    package var values: [String: String] = [:]

    package init() {}

    /// Makes directory, identity and configuration. Nothing is written before everything was checked, and nothing that
    /// exists is overwritten.
    ///
    /// - Throws: `SetupError` with code `usage` that names the key, `EncryptionError` when no encryption fits,
    ///   `StorageError` with code `exists`.
    package func make(at path: String, using rng: inout some CryptographicGenerator) throws -> CoordinatorDirectory {
        let directory = CoordinatorDirectory(path)
        let text = try yaml(using: &rng)
        let configuration = try checkedOptions(text, CoordinatorConfiguration.keys) { try CoordinatorConfiguration($0) }
        try configuration.plan.checkEncryption(members: configuration.hospitals.count)
        try makeParty(
            at: path, configuration: CoordinatorConfiguration.fileName, text: text, name: configuration.name,
            using: &rng)
        return directory
    }

    private func yaml(using rng: inout some CryptographicGenerator) throws -> String {
        var text = ConfigurationText(
            heading: "The coordinator of a federation. Keys: cordon config reference",
            keys: CoordinatorConfiguration.keys)
        for key in CoordinatorConfiguration.keys { text.set(key, values[key.name]) }
        text.set(CoordinatorConfiguration.Key.hospitals, hospitals)
        text.set(CoordinatorConfiguration.Key.classes, classes)
        if values[CoordinatorConfiguration.Key.initialSeed.name] == nil {
            // Public: any will do, but two federations should not begin alike by accident.
            text.set(CoordinatorConfiguration.Key.initialSeed, "\(rng.next() >> 12)")
        }
        return text.text
    }
}
