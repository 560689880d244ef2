import Federation
import Foundation
import HomomorphicEncryption
import Ledger
import ModelTraining
import PoisoningDefence
import Testing

@testable import FederationSetup

@Suite("A hospital's review of an agreement")
struct AgreementReviewTests {
    /// What may be altered in an otherwise good agreement.
    struct Draft {
        var members: [Agreement.Member] = []
        var coordinatorKey: [UInt8] = []
        var pipeline: TrainingPipeline
        var text: String?
        var privacy: PrivacyTerms?
        var initialModel: Digest?
        var rounds = 3
        var corruptible = 1
        var defence = DefencePolicy.standard(members: 5, corruptible: 1)
        var deadlines = [UInt64](repeating: 600_000, count: 7)
        var encryption: EncryptionParameters?
        var predecessor: Predecessor?

        func agreement() throws -> Agreement {
            let encryption =
                try encryption
                ?? EncryptionParameters.plan(
                    dimension: pipeline.model.parameterCount, members: members.count,
                    patientLevelPrivacy: privacy != nil)
            return try Agreement(
                name: "trial", members: members, coordinatorKey: coordinatorKey,
                threshold: Agreement.defaultThreshold(members: members.count, corruptible: corruptible),
                corruptible: corruptible, rounds: UInt32(rounds), pipeline: try text ?? pipeline.canonicalText,
                initialModel: try initialModel ?? modelDigestOf(pipeline.initialModel), encryption: encryption,
                clipNorm: 400, privacy: privacy, defence: defence,
                deadlines: PhaseDeadlines(
                    commitMilliseconds: deadlines[0], revealMilliseconds: deadlines[1],
                    sketchMilliseconds: deadlines[2], verdictMilliseconds: deadlines[3], sumMilliseconds: deadlines[4],
                    reportMilliseconds: deadlines[5], voteMilliseconds: deadlines[6]),
                predecessor: predecessor)
        }
    }

    static let site = SitePipeline(preprocessing: String(repeating: "a", count: 64), classes: ["no", "yes"])
    static let limits = HospitalLimits(
        epsilonMax: 8, deltaMax: 1e-5, hospitalsMin: 3, maliciousMin: nil, roundsMax: 100, securityLevel: .quantum128,
        commitSecondsMin: 300, phaseSecondsMin: 10)

    static func identity(_ index: Int) throws -> Identity {
        try Identity(seed: [UInt8](repeating: UInt8(index + 1), count: 32), name: "hospital-\(index)")
    }

    static func pipeline(
        classes: [String] = site.classes, preprocessing: String = site.preprocessing, epsilon: Double = 8,
        isPrivate: Bool = true
    ) throws -> TrainingPipeline {
        try TrainingPipeline(
            model: ModelSpecification(kind: .scattering, imageSize: 64, classCount: classes.count),
            training: .defaults(for: .scattering),
            privateTraining: isPrivate
                ? .calibrated(for: .scattering, epsilon: epsilon, delta: 1e-5, rounds: 3, expectedPatients: 100) : nil,
            classes: classes, preprocessing: preprocessing, initialSeed: 7)
    }

    static func draft(_ pipeline: TrainingPipeline? = nil, epsilon: Double = 8) throws -> Draft {
        let pipeline = try pipeline ?? Self.pipeline(epsilon: epsilon)
        var draft = Draft(pipeline: pipeline)
        draft.defence = try pipeline.standardDefence(members: 5, corruptible: 1)
        draft.members = try (0..<5).map {
            let identity = try identity($0)
            return Agreement.Member(name: identity.name, publicKey: identity.publicKey)
        }
        draft.coordinatorKey = try identity(99).publicKey
        draft.privacy = pipeline.privateTraining.map { PrivacyTerms($0, epsilonBudget: epsilon, delta: 1e-5) }
        return draft
    }

    static func objections(_ draft: Draft, limits: HospitalLimits = limits, former: [FormerFederation] = [])
        throws -> [AgreementReview.Objection]
    {
        AgreementReview(
            of: try draft.agreement(), identity: try identity(0), coordinatorKey: try identity(99).publicKey,
            site: site, limits: limits, former: former
        ).objections
    }

    @Test func aGoodAgreementMeetsNoObjection() throws {
        #expect(try Self.objections(Self.draft()).isEmpty)
    }

    @Test func everyOneThingThatDiffersIsNamedAlone() throws {
        var cases: [(String, Draft)] = []
        func add(_ words: String, _ pipeline: TrainingPipeline? = nil, _ change: (inout Draft) throws -> Void) throws {
            var draft = try Self.draft(pipeline)
            try change(&draft)
            cases.append((words, draft))
        }
        try add("not this hospital's") { draft in
            draft.members[0] = Agreement.Member(name: "hospital-0", publicKey: try Self.identity(50).publicKey)
        }
        try add("no member is named hospital-0") { draft in
            draft.members[0] = Agreement.Member(name: "other", publicKey: try Self.identity(0).publicKey)
        }
        try add("coordinator's key is not the token's") { $0.coordinatorKey = try Self.identity(51).publicKey }
        try add("classes differ", Self.pipeline(classes: ["yes", "no"])) { _ in }
        try add(
            "files became samples differently", Self.pipeline(preprocessing: String(repeating: "b", count: 64))
        ) { _ in }
        try add("pipeline cannot be read") { $0.text = "{}" }
        try add("pipeline cannot be read") { $0.text = try $0.pipeline.canonicalText + " " }
        try add("initial model is not") { $0.initialModel = Digest.sha256([1]) }
        try add("there is no differential privacy", Self.pipeline(isPrivate: false)) { _ in }
        try add("c = 0") { draft in
            draft.corruptible = 0
            draft.defence = try draft.pipeline.standardDefence(members: 5, corruptible: 0)
        }
        try add("rules against poisoning") { $0.defence = .undefended }
        // Without suspicion, along other probes, or with other bounds.
        try add("rules against poisoning") { $0.defence = .standard(members: 5, corruptible: 1) }
        let probes = try #require(Self.draft().defence.triggers).probes
        try add("rules against poisoning") { draft in
            let terms = TriggerTerms(probes: probes, bound: 5001)
            draft.defence = .standard(members: 5, corruptible: 1, triggers: terms)
        }
        try add("probes along which triggers are watched") { draft in
            let terms = TriggerTerms(probes: String(repeating: "0", count: 64))
            draft.defence = .standard(members: 5, corruptible: 1, triggers: terms)
        }
        try add("level classical128") { draft in
            draft.encryption = try .plan(
                dimension: draft.pipeline.model.parameterCount, members: 5, patientLevelPrivacy: true,
                securityLevel: .classical128)
        }
        try add("encryption is planned for") { draft in
            draft.encryption = try .plan(dimension: 2000, members: 5, patientLevelPrivacy: true)
        }
        for (index, phase) in ["commit", "reveal", "sketch", "verdict", "sum", "report", "vote"].enumerated() {
            try add("deadline of \(phase) is 9 s") { $0.deadlines[index] = 9_999 }
            try add("deadline of \(phase) is longer") { $0.deadlines[index] = 604_800_001 }
        }
        for (words, draft) in cases {
            let objections = try Self.objections(draft)
            #expect(objections.count == 1, "\(words): \(objections.map(\.what))")
            #expect(objections.first?.what.contains(words) == true, "\(words): \(objections.map(\.what))")
            #expect(objections.first?.advice.isEmpty == false)
        }
    }

    @Test func privacyIsHeldAgainstTheLimitsAndAgainstItself() throws {
        let loose = try Self.draft(epsilon: 9)
        #expect(try Self.objections(loose).map(\.what).contains { $0.contains("ε is 9.0") })
        #expect(try Self.objections(loose, limits: Self.limits(epsilonMax: nil)).isEmpty)
        #expect(
            try Self.objections(Self.draft(Self.pipeline(isPrivate: false)), limits: Self.limits(epsilonMax: nil))
                .isEmpty)

        // ε = 8 is promised, and the noise is that of ε = 16.
        let weak = try Self.pipeline(epsilon: 16)
        var lie = try Self.draft(weak)
        lie.privacy = weak.privateTraining.map { PrivacyTerms($0, epsilonBudget: 8, delta: 1e-5) }
        #expect(try Self.objections(lie).map(\.what).contains { $0.contains("noise does not keep") })

        // The terms are sound, and training would go by others.
        var other = try Self.draft()
        other.privacy = try Self.draft(epsilon: 4).privacy
        #expect(try Self.objections(other).map(\.what).contains { $0.contains("do not go by the privacy terms") })
        let delta = HospitalLimits(
            epsilonMax: 8, deltaMax: 1e-6, hospitalsMin: 3, maliciousMin: nil, roundsMax: 2,
            securityLevel: .quantum128, commitSecondsMin: 300, phaseSecondsMin: 10)
        let objections = try Self.objections(Self.draft(), limits: delta).map(\.what)
        #expect(objections.count == 2 && objections[0].contains("δ is") && objections[1].contains("3 rounds"))
    }

    private static func limits(epsilonMax: Double?) -> HospitalLimits {
        HospitalLimits(
            epsilonMax: epsilonMax, deltaMax: 1e-5, hospitalsMin: 3, maliciousMin: nil, roundsMax: 100,
            securityLevel: .quantum128, commitSecondsMin: 300, phaseSecondsMin: 10)
    }
}
