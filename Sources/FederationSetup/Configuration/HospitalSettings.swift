package import RingArithmetic

/// What `cordon hospital init` was given, as text by key: it becomes `hospital.yaml`.
package struct HospitalSettings: Sendable {
    package var values: [String: String] = [:]

    package init() {}

    /// Makes directory, identity and configuration; as `CoordinatorSettings.make`.
    package func make(at path: String, using rng: inout some CryptographicGenerator) throws -> HospitalDirectory {
        var text = ConfigurationText(
            heading: "A hospital of a federation. Keys: cordon config reference", keys: HospitalConfiguration.keys)
        for key in HospitalConfiguration.keys { text.set(key, values[key.name]) }
        let configuration = try checkedOptions(text.text, HospitalConfiguration.keys) { try HospitalConfiguration($0) }
        try makeParty(
            at: path, configuration: HospitalConfiguration.fileName, text: text.text, name: configuration.name,
            using: &rng)
        return HospitalDirectory(path)
    }
}
