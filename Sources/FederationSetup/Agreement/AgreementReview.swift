import DifferentialPrivacy
package import Federation
import HomomorphicEncryption
package import Ledger
import MedicalImaging
import ModelTraining
import PoisoningDefence

/// A hospital's own check of an agreement before it signs: every objection, with what differs and what to do.
package struct AgreementReview: Sendable {
    package struct Objection: Hashable, Sendable, Codable {
        package let what: String
        package let advice: String
    }

    package private(set) var objections: [Objection] = []

    private let agreement: Agreement
    private let limits: HospitalLimits
    private let former: [FormerFederation]

    /// - Parameters:
    ///   - identity: this hospital's.
    ///   - coordinatorKey: pinned by the token.
    ///   - former: federations that this hospital was a member of.
    package init(
        of agreement: Agreement, identity: Identity, coordinatorKey: [UInt8], site: SitePipeline,
        limits: HospitalLimits,
        former: [FormerFederation] = []
    ) {
        self.agreement = agreement
        self.limits = limits
        self.former = former
        checkParties(identity, coordinatorKey)
        let pipeline = checkPipeline(site)
        checkModel(pipeline)
        checkPrivacy(pipeline)
        checkPromises()
        checkDefence(pipeline)
        checkDeadlines()
    }

    private mutating func object(_ what: String, _ advice: String) {
        objections.append(Objection(what: what, advice: advice))
    }

    private mutating func checkParties(_ identity: Identity, _ coordinatorKey: [UInt8]) {
        if let own = agreement.members.first(where: { $0.name == identity.name }) {
            if own.publicKey != identity.publicKey {
                object(
                    "the key under \(identity.name) is not this hospital's: it has the fingerprint "
                        + "\(Fingerprint(of: own.publicKey)), ours is \(Fingerprint(of: identity.publicKey))",
                    "somebody else may have joined under this name: call the coordinator before anything else")
            }
        } else {
            object("no member is named \(identity.name)", "ask the coordinator to invite this hospital by its name")
        }
        if agreement.coordinatorKey != coordinatorKey {
            object(
                "the coordinator's key is not the token's: it has the fingerprint "
                    + "\(Fingerprint(of: agreement.coordinatorKey)), pinned is \(Fingerprint(of: coordinatorKey))",
                "call the coordinator; do not sign")
        }
    }

    private mutating func checkPipeline(_ site: SitePipeline) -> TrainingPipeline? {
        let pipeline: TrainingPipeline
        do {
            pipeline = try TrainingPipeline(canonicalText: agreement.pipeline)
        } catch {
            object("the pipeline cannot be read", "use the same version of Cordon as the coordinator")
            return nil
        }
        if pipeline.preprocessing != site.preprocessing {
            object(
                "files became samples differently: the agreement's digest is \(pipeline.preprocessing), the store's "
                    + "\(site.preprocessing)",
                "take the images in again (cordon images ingest) with --size \(pipeline.model.imageSize) and the "
                    + "agreed de-identification")
        }
        if pipeline.classes != site.classes {
            object(
                "the classes differ: the agreement's are \(pipeline.classes.joined(separator: ", ")), the store's "
                    + site.classes.joined(separator: ", "),
                "name and order the classes of both alike")
        }
        if pipeline.normalisation != .standard {
            object("the normalisation is not the standard one", "ask the coordinator for the standard one")
        }
        return pipeline
    }

    private mutating func checkModel(_ pipeline: TrainingPipeline?) {
        guard let pipeline else { return }
        let count = pipeline.model.parameterCount
        if agreement.encryption.dimension != count {
            object(
                "the encryption is planned for \(agreement.encryption.dimension) parameters, the model has \(count)",
                "ask the coordinator to draft anew")
        }
        if let predecessor = agreement.predecessor { return checkPredecessor(predecessor) }
        if let initial = try? pipeline.initialModel, modelDigestOf(initial) == agreement.initialModel { return }
        object(
            "the initial model is not the one that the public seed gives",
            "use the same version of Cordon as the coordinator; if it persists, do not sign")
    }

    /// A former member knows the ledger and the model that the agreement goes on from.
    private mutating func checkPredecessor(_ predecessor: Predecessor) {
        guard let own = former.first(where: { $0.ledger.federation == predecessor.federation }) else { return }
        if (own.ledger.size, own.ledger.root) != (predecessor.ledgerSize, predecessor.ledgerRoot) {
            object(
                "the federation that it goes on from ended with \(predecessor.ledgerSize) ledger entries of root "
                    + "\(predecessor.ledgerRoot), this hospital's copy with \(own.ledger.size) of root "
                    + "\(own.ledger.root)",
                "if this hospital was away at the end, it comes back with a token; else call the others before signing")
        } else if own.ledger.model != predecessor.model {
            object(
                "it goes on from another model than the one that this hospital's ledger published last",
                "call the coordinator; do not sign")
        }
    }

    private mutating func checkPrivacy(_ pipeline: TrainingPipeline?) {
        guard let terms = agreement.privacy else {
            if let most = limits.epsilonMax {
                object(
                    "there is no differential privacy, and this hospital asks for ε of at most \(most)",
                    "ask the coordinator for privacy: epsilon=\(most), or set epsilonMax: unbounded in hospital.yaml")
            }
            if pipeline?.privateTraining != nil || agreement.encryption.patientLevelPrivacy {
                object("privacy is off, and training or encryption say otherwise", "ask the coordinator to draft anew")
            }
            return
        }
        if let most = limits.epsilonMax, !(terms.epsilonBudget <= most) {
            object(
                "ε is \(terms.epsilonBudget), and this hospital agrees to \(most) at most",
                "ask the coordinator for a smaller ε, or raise epsilonMax in hospital.yaml")
        }
        if !(terms.delta <= limits.deltaMax) {
            object(
                "δ is \(terms.delta), and this hospital agrees to \(limits.deltaMax) at most",
                "ask the coordinator for a smaller δ, or raise deltaMax in hospital.yaml")
        }
        if let most = limits.epsilonMax, most.isFinite {
            let together =
                former.compactMap(\.releases) + [.selfComposed(count: Int(agreement.rounds), terms.roundEvent)]
            if together.count > 1,
                (try? PrivacyBudget(epsilon: most, delta: terms.delta, events: together)) == nil
            {
                object(
                    "with the \(together.count - 1) federations before it would cost more than ε = \(most) at "
                        + "δ = \(terms.delta), which this hospital agrees to at most",
                    "ask the coordinator for more noise or fewer rounds, or raise epsilonMax in hospital.yaml")
            }
        }
        let all = PrivacyEvent.selfComposed(count: Int(agreement.rounds), terms.roundEvent)
        if (try? PrivacyBudget(epsilon: terms.epsilonBudget, delta: terms.delta, events: [all])) == nil {
            object(
                "the noise does not keep \(agreement.rounds) rounds within ε = \(terms.epsilonBudget) at "
                    + "δ = \(terms.delta)",
                "ask the coordinator for more noise or fewer rounds")
        }
        let told = pipeline?.privateTraining.map {
            PrivacyTerms($0, epsilonBudget: terms.epsilonBudget, delta: terms.delta)
        }
        if pipeline != nil, told != terms || !agreement.encryption.patientLevelPrivacy {
            object("training or encryption do not go by the privacy terms", "ask the coordinator to draft anew")
        }
    }

    private mutating func checkPromises() {
        let count = agreement.members.count
        if count < limits.hospitalsMin {
            object(
                "\(count) hospitals take part, and this hospital asks for \(limits.hospitalsMin)",
                "wait for more hospitals, or lower hospitalsMin in hospital.yaml")
        }
        let least = limits.maliciousMin ?? Agreement.defaultCorruptible(members: count)
        if agreement.corruptible < least {
            object(
                "the promises hold against c = \(agreement.corruptible) malicious hospitals, and this hospital asks "
                    + "for \(least)",
                "ask the coordinator for a larger c, or lower maliciousMin in hospital.yaml")
        }
        if Int(agreement.rounds) > limits.roundsMax {
            object(
                "\(agreement.rounds) rounds, and this hospital agrees to \(limits.roundsMax) at most",
                "ask the coordinator for fewer, or raise roundsMax in hospital.yaml")
        }
        if limits.securityLevel == .quantum128, agreement.encryption.securityLevel != .quantum128 {
            object(
                "the encryption is of level \(agreement.encryption.securityLevel.rawValue), and this hospital asks for "
                    + limits.securityLevel.rawValue,
                "ask the coordinator for quantum128, or set security: classical128 in hospital.yaml")
        }
    }

    /// The probes are made here too: an agreement cannot name others, along which honest hospitals would stand out.
    private mutating func checkDefence(_ pipeline: TrainingPipeline?) {
        guard let pipeline else { return }
        let terms = agreement.defence.triggers
        let standard = DefencePolicy.standard(
            members: agreement.members.count, corruptible: agreement.corruptible,
            triggers: terms.map { TriggerTerms(probes: $0.probes) })
        guard agreement.defence == standard, (terms != nil) == TriggerProbes.exist(for: pipeline.model) else {
            return object(
                "the rules against poisoning are not the standard ones", "ask the coordinator for the standard ones")
        }
        // Probes take seconds to make: only for an agreement that is in order so far.
        if let terms, (try? pipeline.suspicionProbes())?.digest.hex != terms.probes {
            object(
                "the probes along which triggers are watched are not those that this hospital makes",
                "use the same version of Cordon and of libtorch as the coordinator; if it persists, do not sign")
        }
    }

    private mutating func checkDeadlines() {
        let deadlines = agreement.deadlines
        let phases = [
            ("commit", deadlines.commitMilliseconds, limits.commitSecondsMin, "commitSecondsMin"),
            ("reveal", deadlines.revealMilliseconds, limits.phaseSecondsMin, "phaseSecondsMin"),
            ("sketch", deadlines.sketchMilliseconds, limits.phaseSecondsMin, "phaseSecondsMin"),
            ("verdict", deadlines.verdictMilliseconds, limits.phaseSecondsMin, "phaseSecondsMin"),
            ("sum", deadlines.sumMilliseconds, limits.phaseSecondsMin, "phaseSecondsMin"),
            ("report", deadlines.reportMilliseconds, limits.phaseSecondsMin, "phaseSecondsMin"),
            ("vote", deadlines.voteMilliseconds, limits.phaseSecondsMin, "phaseSecondsMin"),
        ]
        for (phase, milliseconds, least, key) in phases {
            if milliseconds < UInt64(least) * 1000 {
                object(
                    "the deadline of \(phase) is \(milliseconds / 1000) s, and this hospital needs \(least) s",
                    "ask the coordinator for more time, or lower \(key) in hospital.yaml")
            }
            if milliseconds > Self.deadlineMillisecondsMax {
                object("the deadline of \(phase) is longer than a week", "ask the coordinator for a shorter one")
            }
        }
    }

    private static let deadlineMillisecondsMax: UInt64 = 604_800_000
}
