package import Federation
import Foundation
package import Ledger
package import RingArithmetic
import SQLiteStorage

/// A coordinator's directory: `coordinator.yaml`, its identity, who was invited and joined, the agreement.
package struct CoordinatorDirectory: Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    package static func isCoordinator(_ path: String) -> Bool {
        Files.exists("\(path)/\(CoordinatorConfiguration.fileName)")
    }

    package var configurationPath: String { "\(path)/\(CoordinatorConfiguration.fileName)" }
    package var agreementFiles: AgreementFiles { AgreementFiles(directory: path) }
    private var registryPath: String { "\(path)/enrolment.json" }
    var predecessorPath: String { "\(path)/predecessor.json" }
    private var lockPath: String { "\(path)/enrolment.lock" }

    package func configuration() throws -> CoordinatorConfiguration {
        try CoordinatorConfiguration(file: configurationPath)
    }

    /// The coordinator's identity. In the ledger it is named after the federation.
    package func identity() throws -> Identity {
        let configuration = try configuration()
        return try IdentityKeyFile(configuration.identityKeyPath).identity(named: configuration.name)
    }

    /// The agreement in force; nil while there is none.
    package func agreementInForce() throws -> SignedAgreement? {
        try agreementFiles.read().flatMap { $0.isInForce ? $0 : nil }
    }

    /// The registry as it is; an empty one before the first invitation.
    ///
    /// - Throws: `SetupError` with code `malformed`.
    package func registry() throws -> EnrolmentRegistry {
        guard Files.exists(registryPath) else { return EnrolmentRegistry() }
        guard
            let registry = try? JSONDecoder().decode(EnrolmentRegistry.self, from: Data(try Files.read(registryPath)))
        else {
            throw SetupError(.malformed, "\(registryPath) is no registry of hospitals, or was altered; restore it.")
        }
        return registry
    }

    /// What the agreement is to go on from; nil where the federation begins.
    package func predecessor() throws -> Predecessor? {
        guard Files.exists(predecessorPath) else { return nil }
        guard let known = try? JSONDecoder().decode(Predecessor.self, from: Data(try Files.read(predecessorPath)))
        else { throw SetupError(.malformed, "\(predecessorPath) was altered; restore it.") }
        return known
    }

    /// Begins anew with another registry. To be called by whoever holds the lock.
    func replaceRegistry(by registry: EnrolmentRegistry) throws { try update { $0 = registry } }

    /// Runs something while no other process changes the registry or the agreement.
    func locked<Result>(_ body: () throws -> Result) throws -> Result {
        let lock = try FileLock(waitingFor: lockPath)
        defer { withExtendedLifetime(lock) {} }
        return try body()
    }

    /// Reads, changes and durably writes the registry. To be called by whoever holds the lock.
    func update<Result>(_ body: (inout EnrolmentRegistry) throws -> Result) throws -> Result {
        let before = try registry()
        var after = before
        let result = try body(&after)
        if after != before {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
            try Files.write([UInt8](try encoder.encode(after)), to: registryPath, mode: 0o600)
        }
        return result
    }

    /// Invites a hospital of the configuration and makes its token, which is written nowhere.
    ///
    /// - Throws: `SetupError` with code `usage` for another hospital, or once the agreement is in force.
    package func invite(
        _ hospital: String, at now: Instant, using rng: inout some CryptographicGenerator
    ) throws -> JoinToken {
        let configuration = try configuration()
        guard configuration.hospitals.contains(hospital) else {
            throw SetupError(
                .usage,
                "\(printable(hospital)) is none of the hospitals in \(configurationPath): "
                    + configuration.hospitals.joined(separator: ", "))
        }
        var secret = [UInt8](repeating: 0, count: JoinToken.secretBytes)
        rng.fill(&secret)
        defer { zeroise(&secret) }
        let token = JoinToken(
            address: configuration.address, coordinatorKey: try identity().publicKey, hospital: hospital,
            secret: secret, expires: now + UInt64(configuration.invitationDays) * 86_400_000)
        try locked {
            guard try agreementFiles.read() == nil else {
                throw SetupError(.usage, "the agreement is in force: it takes nobody in")
            }
            try update { try $0.invite(hospital, secretDigest: token.secretDigest, expires: token.expires) }
        }
        return token
    }

    /// - Throws: `SetupError` with code `usage` once the agreement is in force.
    package func withdraw(_ hospital: String) throws {
        try locked {
            guard try agreementFiles.read() == nil else {
                throw SetupError(.usage, "the agreement is in force: who is party to it stays so")
            }
            try update { try $0.withdraw(hospital) }
        }
    }
}
