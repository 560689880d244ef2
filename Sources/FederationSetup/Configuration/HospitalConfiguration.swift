import HomomorphicEncryption
import Ledger

/// `hospital.yaml`: who this hospital is, where its images lie, and what it never agrees to.
package struct HospitalConfiguration: Sendable, Hashable {
    package static let fileName = "hospital.yaml"

    package let name: String
    package let identityKeyPath: String
    /// The sealed store; nil until its owner names it.
    package let dataPath: String?
    package let dataKeyPath: String?
    package let limits: HospitalLimits
    package let stallSeconds: Int
    package let retrySecondsMax: Int

    /// - Throws: `SetupError` that names file, line and key.
    package init(file: String) throws {
        try self.init(ConfigurationValues(file: file, keys: Self.keys))
    }

    init(_ values: ConfigurationValues) throws {
        name = try values.text(Key.name)
        guard isValidPartyName(name) else {
            throw values.failure(Key.name, "must have 1 to 255 bytes without spaces and plus signs")
        }
        identityKeyPath = try values.path(Key.identityKey) ?? ""
        dataPath = try values.path(Key.data)
        dataKeyPath = try values.path(Key.dataKey)
        guard (dataPath == nil) == (dataKeyPath == nil) else {
            throw values.failure(dataPath == nil ? Key.data : Key.dataKey, "is missing: a store needs both")
        }
        let epsilonText = try values.text(Key.epsilonMax)
        var epsilonMax: Double?
        if epsilonText != "unbounded" {
            guard let value = Double(epsilonText), value.isFinite, value > 0 else {
                throw values.failure(Key.epsilonMax, "must be a number above 0, or unbounded")
            }
            epsilonMax = value
        }
        limits = HospitalLimits(
            epsilonMax: epsilonMax, deltaMax: try values.number(Key.deltaMax),
            hospitalsMin: try values.integer(Key.hospitalsMin),
            maliciousMin: try values.optionalInteger(Key.maliciousMin),
            roundsMax: try values.integer(Key.roundsMax),
            securityLevel: SecurityLevel(rawValue: try values.text(Key.security)) ?? .quantum128,
            commitSecondsMin: try values.integer(Key.commitSecondsMin),
            phaseSecondsMin: try values.integer(Key.phaseSecondsMin))
        stallSeconds = try values.integer(Key.stallSeconds)
        retrySecondsMax = try values.integer(Key.retrySecondsMax)
    }
}
