import Federation
import FederationSetup
import HomomorphicEncryption
import Ledger
import ModelTraining
import PoisoningDefence

extension Decoder {
    /// What strangers hand to a federation that is being set up: tokens, requests, agreements.
    static func setup() throws -> [Decoder] {
        let identities = try (0..<4).map {
            try Identity(seed: [UInt8](repeating: UInt8($0 + 1), count: 32), name: "hospital-\($0)")
        }
        let coordinator = identities[3]
        let token = JoinToken(
            address: try ServiceAddress(parsing: "[2001:db8::7]:8443"), coordinatorKey: coordinator.publicKey,
            hospital: "hospital-0", secret: [UInt8](repeating: 7, count: 32), expires: Instant(milliseconds: 1 << 40))
        let site = SitePipeline(preprocessing: String(repeating: "a", count: 64), classes: ["no", "yes"])
        let agreement = try agreement(identities, site)
        let signed = try SignedAgreement(agreement)
        let requests: [EnrolmentRequest] = [
            .join(JoinRequest(hospital: "hospital-0", secret: token.secret, site: site)), .fetchAgreement,
            .signAgreement(
                digest: signed.digest,
                signature: try AgreementSignature(of: signed.digest, by: identities[0]).signature),
        ]
        let contents = try requests.map {
            try SignedEnrolmentRequest($0, to: coordinator.publicKey, by: identities[0]).content
        }
        return [
            Decoder("token", [Array(token.text.utf8)]) { bytes in
                _ = try JoinToken(parsing: String(decoding: bytes, as: UTF8.self))
            },
            Decoder("enrolment request", contents) { bytes in
                guard try EnrolmentRequest(decoding: bytes).encoded == bytes else { throw NotCanonical() }
            },
            Decoder("agreement", [signed.json]) { bytes in
                let signed = try SignedAgreement(canonicalJSON: bytes)
                guard signed.json == bytes else { throw NotCanonical() }
                let limits = HospitalLimits(
                    epsilonMax: 8, deltaMax: 1e-5, hospitalsMin: 3, maliciousMin: nil, roundsMax: 100,
                    securityLevel: .quantum128, commitSecondsMin: 300, phaseSecondsMin: 10)
                _ = AgreementReview(
                    of: signed.agreement, identity: identities[0], coordinatorKey: coordinator.publicKey, site: site,
                    limits: limits)
            },
        ]
    }

    private static func agreement(_ identities: [Identity], _ site: SitePipeline) throws -> Agreement {
        let training = try PrivacyConfiguration.calibrated(
            for: .scattering, epsilon: 8, delta: 1e-5, rounds: 3, expectedPatients: 100)
        let pipeline = try TrainingPipeline(
            model: ModelSpecification(kind: .scattering, imageSize: 64, classCount: 2),
            training: .defaults(for: .scattering), privateTraining: training, classes: site.classes,
            preprocessing: site.preprocessing, initialSeed: 7)
        let deadlines = PhaseDeadlines(
            commitMilliseconds: 600_000, revealMilliseconds: 60_000, sketchMilliseconds: 60_000,
            verdictMilliseconds: 60_000, sumMilliseconds: 60_000, reportMilliseconds: 60_000, voteMilliseconds: 60_000)
        let plan = AgreementPlan(
            name: "trial", threshold: 2, corruptible: 0, rounds: 3, pipeline: pipeline,
            privacy: PrivacyTerms(training, epsilonBudget: 8, delta: 1e-5),
            defence: .standard(members: 3, corruptible: 0), deadlines: deadlines)
        return try plan.agreement(
            members: identities.prefix(3).map { Agreement.Member(name: $0.name, publicKey: $0.publicKey) },
            coordinatorKey: identities[3].publicKey)
    }
}
