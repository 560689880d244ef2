import Federation
import Foundation
package import Ledger
import ModelTraining
import SQLiteStorage

/// A hospital's directory: `hospital.yaml`, its identity, which coordinator it has pinned, the agreement.
package struct HospitalDirectory: Sendable {
    package let path: String
    /// Whether the agreement at hand is the one that is to follow the one in force.
    private let isRenewing: Bool

    package init(_ path: String) { self.init(path, isRenewing: false) }

    private init(_ path: String, isRenewing: Bool) {
        self.path = path
        self.isRenewing = isRenewing
    }

    /// The same hospital, with the agreement that is to follow in the place of the one in force.
    var renewing: HospitalDirectory { HospitalDirectory(path, isRenewing: true) }

    package static func isHospital(_ path: String) -> Bool {
        Files.exists("\(path)/\(HospitalConfiguration.fileName)")
    }

    package var configurationPath: String { "\(path)/\(HospitalConfiguration.fileName)" }
    package var agreementFiles: AgreementFiles {
        AgreementFiles(directory: isRenewing ? EpochArchive(directory: path).next : path)
    }
    private var pinPath: String { "\(path)/coordinator.json" }

    package func configuration() throws -> HospitalConfiguration {
        try HospitalConfiguration(file: configurationPath)
    }

    package func identity() throws -> Identity {
        let configuration = try configuration()
        return try IdentityKeyFile(configuration.identityKeyPath).identity(named: configuration.name)
    }

    /// How the hospital's own store was made.
    ///
    /// - Throws: `SetupError` with code `configuration` where no store is named, `ImagingError` for one that does not
    ///   open.
    package func site() throws -> SitePipeline {
        let configuration = try configuration()
        guard let data = configuration.dataPath, let key = configuration.dataKeyPath else {
            throw SetupError(
                .configuration,
                "\(configurationPath): data and dataKey are missing. Make a store with cordon images ingest, and name "
                    + "it and its key there.")
        }
        return try SitePipeline(ofStore: data, keyPath: key)
    }

    /// Where the coordinator is, and the key that it must have: from the token.
    package struct Pin: Codable, Hashable, Sendable {
        private let address: String
        private let key: String

        init(_ token: JoinToken) {
            address = token.address.description
            key = hexadecimal(token.coordinatorKey)
        }

        package var coordinatorKey: [UInt8] { decodeHexadecimal(key) ?? [] }

        package func serviceAddress() throws -> ServiceAddress { try ServiceAddress(parsing: address) }
    }

    /// The pinned coordinator; nil before the first token was used.
    package func pin() throws -> Pin? {
        guard Files.exists(pinPath) else { return nil }
        guard let pin = try? JSONDecoder().decode(Pin.self, from: Data(try Files.read(pinPath))),
            pin.coordinatorKey.count == 32
        else {
            throw SetupError(.malformed, "\(pinPath) names no coordinator, or was altered; restore it.")
        }
        return pin
    }

    /// Pins the token's coordinator. Another address of the same key is taken in; another key is refused.
    func pin(_ token: JoinToken) throws {
        if let known = try pin(), known.coordinatorKey != token.coordinatorKey {
            throw SetupError(
                .refused,
                "the token is of a coordinator with the fingerprint \(Fingerprint(of: token.coordinatorKey)); this "
                    + "hospital knows one with \(Fingerprint(of: known.coordinatorKey)). For another federation make "
                    + "another directory with cordon hospital init.")
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try Files.write([UInt8](try encoder.encode(Pin(token))), to: pinPath)
    }

    /// The hospital's own check of an agreement.
    ///
    /// - Throws: `SetupError` where configuration, store or pinned coordinator are missing.
    package func review(_ signed: SignedAgreement) throws -> AgreementReview {
        guard let pin = try pin() else {
            throw SetupError(.missing, "\(pinPath): no coordinator is known yet; join with its token first.")
        }
        return AgreementReview(
            of: signed.agreement, identity: try identity(), coordinatorKey: pin.coordinatorKey, site: try site(),
            limits: try configuration().limits, former: try former())
    }

    /// Federations that this hospital was a member of, from what it keeps of them itself.
    private func former() throws -> [FormerFederation] {
        let past = try EpochArchive(directory: path).archived
        return try (isRenewing ? past + [path] : past).compactMap(FormerFederation.init(directory:))
    }

    /// Puts the next federation, signed by all, in the place of the one in force, with the model that this left.
    func succeed(_ former: Agreement, by next: SignedAgreement) throws {
        let archive = EpochArchive(directory: path)
        let pipeline = try TrainingPipeline(canonicalText: next.agreement.pipeline)
        let model = "\(path)/model.safetensors"
        if Files.exists(model) {
            let parameters = try readSafetensors(model).parameters(for: pipeline.model)
            // Who was away for the last model fetches it as new members do.
            if modelDigestOf(parameters) == next.agreement.initialModel {
                try StartingModel(directory: archive.next).keep(parameters, specification: pipeline.model)
            }
        }
        try archive.replace(former.federation)
    }

    /// Signs, and keeps the agreement with the signature before anybody else sees it.
    package func sign(_ signed: SignedAgreement) throws -> SignedAgreement {
        var signed = signed
        try signed.add(AgreementSignature(of: signed.digest, by: try identity()))
        try agreementFiles.write(signed)
        return signed
    }
}
