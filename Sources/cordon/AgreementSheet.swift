import Federation
import FederationSetup
import Foundation
import HomomorphicEncryption
import Ledger
import ModelTraining
import PoisoningDefence

/// An agreement for people and for machines: everything that its members bind themselves to.
struct AgreementSheet: Encodable {
    struct Party: Encodable {
        let name: String
        let fingerprint: String
        let hasSigned: Bool
    }

    let name: String
    let digest: String
    /// Names the federation on the ledger.
    let federation: String
    let isInForce: Bool
    let coordinator: Party
    let members: [Party]
    let rounds: UInt32
    let promises: FederationPromises
    let sentences: [String]
    let encryption: AgreementDraftOutput.Plan
    let traffic: RoundTraffic
    let privacy: PrivacyTerms?
    let pipeline: TrainingPipeline
    let initialModel: String
    let clipNorm: Double
    let defence: [String]
    let triggers: TriggerTerms?
    let deadlines: PhaseDeadlines
    let predecessor: Predecessor?

    init(_ signed: SignedAgreement) throws {
        let agreement = signed.agreement
        name = agreement.name
        digest = signed.digest.hex
        federation = try agreement.federation.hex
        isInForce = signed.isInForce
        let parties = signed.signers.map {
            Party(
                name: $0.name, fingerprint: "\(Fingerprint(of: $0.publicKey))",
                hasSigned: signed.isSigned(by: $0.publicKey))
        }
        coordinator = parties[0]
        members = Array(parties.dropFirst())
        rounds = agreement.rounds
        promises = try FederationPromises(
            members: agreement.members.count, threshold: agreement.threshold, corruptible: agreement.corruptible)
        sentences = promises.sentences
        encryption = AgreementDraftOutput.Plan(agreement.encryption)
        traffic = RoundTraffic(
            parameters: agreement.encryption, threshold: agreement.threshold, corruptible: agreement.corruptible)
        privacy = agreement.privacy
        pipeline = try TrainingPipeline(canonicalText: agreement.pipeline)
        initialModel = agreement.initialModel.hex
        clipNorm = agreement.clipNorm
        defence = agreement.defence.rules.map(\.rawValue)
        triggers = agreement.defence.triggers
        deadlines = agreement.deadlines
        predecessor = agreement.predecessor
    }

    var text: String {
        let parts = [
            heading, ["", "PARTIES"], parties, ["", "TRAINING"], training, ["", "PRIVACY"], privacyLines,
            ["", "ENCRYPTION"], encryptionLines, ["", "PROMISES"], sentences.map { "  " + $0 },
            ["", "DEADLINES OF A ROUND"], deadlineLines,
        ]
        return parts.joined().joined(separator: "\n") + "\n"
    }

    private var heading: [String] {
        let unsigned = ([coordinator] + members).filter { !$0.hasSigned }.map(\.name)
        return [
            "\(name)",
            "  agreement     \(digest)",
            "  federation    \(federation)",
            isInForce ? "  in force: signed by all" : "  DRAFT: not signed by \(unsigned.joined(separator: ", "))",
        ]
            + (predecessor.map {
                ["  goes on from  \($0.federation.hex), \($0.ledgerSize) ledger entries, root \($0.ledgerRoot.hex)"]
            } ?? [])
    }

    private var parties: [String] {
        ([coordinator] + members).flatMap { party in
            [
                "  \(party.name)\(party.hasSigned ? ", signed" : ", NOT SIGNED")",
                "      \(party.fingerprint)",
            ]
        }
    }

    private var training: [String] {
        let model = pipeline.model
        return [
            row(
                "model",
                "\(model.kind.rawValue), \(model.parameterCount) parameters, initial \(initialModel.prefix(16))…"),
            row("images", "\(model.imageSize) × \(model.imageSize) pixels"),
            row("classes", pipeline.classes.joined(separator: ", ")),
            row("preprocessing", pipeline.preprocessing),
            row("rounds", "\(rounds), \(pipeline.training.localEpochs) passes each"),
            row("clip norm", "\(clipNorm)"),
            row("defence", "protocol rules, " + defence.joined(separator: ", ")),
        ] + triggerLines
    }

    private var triggerLines: [String] {
        guard let triggers else {
            return [row("triggers", "NOT WATCHED: this model has no probes; a backdoor may pass")]
        }
        let bounds = [triggers.bound, triggers.alarmBound, triggers.campBound].map { "\(Double($0) / 1000)" }
        return [
            row("triggers", "watched over all rounds along probes \(triggers.probes.prefix(16))…: whose updates"),
            row("", "together teach obedience to a mark, \(bounds[0]) robust deviations beyond the others', is"),
            row("", "left out for good. No model comes of a round with more than c such hospitals, at"),
            row("", "\(bounds[1]), or with two camps \(bounds[2]) deviations apart, each of more than c"),
        ]
    }

    private var privacyLines: [String] {
        guard let privacy else {
            return ["  NONE: models, sums and sketches may reveal who was trained on."]
        }
        return [
            row("guarantee", "ε = \(privacy.epsilonBudget), δ = \(privacy.delta) for every patient over all rounds"),
            row("noise", "multiplier \(privacy.noiseMultiplier) at clip norm \(privacy.patientClipNorm)"),
            row("sampling", "rate \(privacy.samplingRate), \(privacy.stepsPerRound) steps a round"),
            row("patients", "about \(privacy.expectedPatients) a hospital, as declared"),
        ]
    }

    private var encryptionLines: [String] {
        [
            row("set", "\(encryption.set), level \(encryption.securityLevel)"),
            row(
                "security",
                "\(encryption.securityBitsQuantum) bits quantum, \(encryption.securityBitsClassical) classical"),
            row("a round", "\(Self.bytes(traffic.sent)) sent and \(Self.bytes(traffic.fetched)) fetched by a hospital"),
            row(
                "sketch",
                String(
                    format: "%d coordinates, %.2f %% of an update are opened", encryption.sketchCoordinates,
                    100 * encryption.revealedShare)),
        ]
    }

    private var deadlineLines: [String] {
        [
            ("commit", deadlines.commitMilliseconds), ("reveal", deadlines.revealMilliseconds),
            ("sketch", deadlines.sketchMilliseconds), ("verdict", deadlines.verdictMilliseconds),
            ("sum", deadlines.sumMilliseconds), ("report", deadlines.reportMilliseconds),
            ("vote", deadlines.voteMilliseconds),
        ].map { row($0, "\($1 / 1000) s") }
    }

    private static func bytes(_ count: Int) -> String { "\(AgreementDraftText.grouped(count)) bytes" }

    private func row(_ name: String, _ value: String) -> String {
        "  \(name.padding(toLength: 14, withPad: " ", startingAt: 0))\(value)"
    }
}
