package import Federation
import Foundation
import Ledger
import MedicalImaging
package import ModelTraining
import PoisoningDefence

/// `coordinator.yaml`: what the federation is to be, and where its coordinator runs.
package struct CoordinatorConfiguration: Sendable, Hashable {
    package static let fileName = "coordinator.yaml"

    package let name: String
    package let address: ServiceAddress
    package let listen: ServiceAddress
    package let hospitals: [String]
    package let threshold: Int
    package let corruptible: Int
    package let rounds: Int
    package let model: ModelKind
    package let imageSize: Int
    package let classes: [String]
    /// Digest that every hospital's store must have, in hexadecimal.
    package let preprocessing: String
    package let localEpochs: Int
    package let initialSeed: UInt64
    /// ε over all rounds; nil without privacy.
    package let epsilon: Double?
    package let delta: Double
    package let expectedPatients: Int?
    package let deadlines: PhaseDeadlines
    package let invitationDays: Int
    package let identityKeyPath: String
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
        guard let address = try values.address(Key.address) else {
            throw values.failure(Key.address, "is missing: \(Key.address.meaning)")
        }
        self.address = address
        listen = try values.address(Key.listen) ?? ServiceAddress(parsing: "0.0.0.0:\(address.port)")
        hospitals = try values.list(Key.hospitals)
        if let name = hospitals.first(where: { !isValidPartyName($0) }) {
            throw values.failure(Key.hospitals, "holds \"\(name.prefix(40))\": a name has no spaces and no plus sign")
        }
        let corruptible =
            try values.optionalInteger(Key.malicious) ?? Agreement.defaultCorruptible(members: hospitals.count)
        let threshold =
            try values.optionalInteger(Key.threshold)
            ?? Agreement.defaultThreshold(members: hospitals.count, corruptible: corruptible)
        if let reason = FederationPromises.refusal(
            members: hospitals.count, threshold: threshold, corruptible: corruptible)
        {
            throw values.failure(Key.hospitals, "and threshold do not fit: \(reason)")
        }
        self.corruptible = corruptible
        self.threshold = threshold
        rounds = try values.integer(Key.rounds)
        imageSize = try values.integer(Key.imageSize)
        classes = try values.list(Key.classes)
        guard (2...1000).contains(classes.count) else { throw values.failure(Key.classes, "must be 2 to 1000") }
        localEpochs = try values.integer(Key.localEpochs)
        initialSeed = UInt64(try values.integer(Key.initialSeed))
        epsilon = try Self.epsilon(values)
        delta = try values.number(Key.delta)
        expectedPatients = try values.optionalInteger(Key.expectedPatients)
        guard epsilon == nil || expectedPatients != nil else {
            throw values.failure(Key.expectedPatients, "is missing: privacy needs it. \(Key.expectedPatients.meaning)")
        }
        model =
            try values.optionalText(Key.model).flatMap(ModelKind.init(rawValue:))
            ?? (epsilon == nil ? .cnn : .scattering2)
        preprocessing = try Self.preprocessing(values, imageSize: imageSize)
        deadlines = try Self.deadlines(values)
        invitationDays = try values.integer(Key.invitationDays)
        identityKeyPath = try values.path(Key.identityKey) ?? ""
        stallSeconds = try values.integer(Key.stallSeconds)
        retrySecondsMax = try values.integer(Key.retrySecondsMax)
    }

    private static func epsilon(_ values: ConfigurationValues) throws -> Double? {
        let text = try values.text(Key.privacy)
        guard text != "off" else { return nil }
        let pair = text.split(separator: "=", omittingEmptySubsequences: false)
        guard pair.count == 2, pair[0] == "epsilon", let epsilon = Double(pair[1]), epsilon > 0, epsilon <= 100 else {
            throw values.failure(Key.privacy, "must be off or epsilon=NUMBER above 0 and at most 100, as epsilon=8")
        }
        return epsilon
    }

    private static func preprocessing(_ values: ConfigurationValues, imageSize: Int) throws -> String {
        guard let text = try values.optionalText(Key.preprocessing) else {
            return try Preprocessing(imageSize: imageSize).hexadecimalDigest
        }
        guard decodeHexadecimal(text)?.count == Digest.byteCount else {
            throw values.failure(Key.preprocessing, "must be 64 hexadecimal digits, from cordon images report")
        }
        return text
    }

    private static func deadlines(_ values: ConfigurationValues) throws -> PhaseDeadlines {
        func milliseconds(_ key: ConfigurationKey) throws -> UInt64 { UInt64(try values.integer(key)) * 1000 }
        return PhaseDeadlines(
            commitMilliseconds: try milliseconds(Key.commitSeconds),
            revealMilliseconds: try milliseconds(Key.revealSeconds),
            sketchMilliseconds: try milliseconds(Key.sketchSeconds),
            verdictMilliseconds: try milliseconds(Key.verdictSeconds),
            sumMilliseconds: try milliseconds(Key.sumSeconds),
            reportMilliseconds: try milliseconds(Key.reportSeconds),
            voteMilliseconds: try milliseconds(Key.voteSeconds))
    }

    /// What the members will be asked to agree on.
    ///
    /// - Throws: `TrainingError`, `PrivacyError` for a model or a privacy that cannot be.
    package var plan: AgreementPlan {
        get throws {
            let specification = try ModelSpecification(kind: model, imageSize: imageSize, classCount: classes.count)
            var training = TrainingConfiguration.defaults(for: model)
            training.localEpochs = localEpochs
            let privateTraining = try epsilon.map {
                try PrivacyConfiguration.calibrated(
                    for: model, epsilon: $0, delta: delta, rounds: rounds, expectedPatients: expectedPatients ?? 1)
            }
            let pipeline = try TrainingPipeline(
                model: specification, training: training, privateTraining: privateTraining, classes: classes,
                preprocessing: preprocessing, initialSeed: initialSeed)
            return AgreementPlan(
                name: name, threshold: threshold, corruptible: corruptible, rounds: rounds, pipeline: pipeline,
                privacy: privateTraining.map { PrivacyTerms($0, epsilonBudget: epsilon ?? 0, delta: delta) },
                defence: try pipeline.standardDefence(members: hospitals.count, corruptible: corruptible),
                deadlines: deadlines)
        }
    }
}
