import DifferentialPrivacy
import MedicalImaging
import Testing

@testable import ModelTraining

/// The likelihood ratio attack on whole trainings: of an honest program, refuted in at most one run of twenty with
/// fresh seeds (they are fixed), and of one without noise.
@Suite struct MembershipAuditTests {
    private static func audit(noise: Double, claim: Double) throws -> MembershipAudit {
        let set = try madeSet(.scattering, count: 500, imageSize: 16, seed: 3)
        let canaries = set.patients.indices.filter { $0 % 2 == 0 }
        var privacy = PrivacyConfiguration.scattering(
            noiseMultiplier: 0, expectedPatients: set.patients.count - canaries.count / 2)
        let honest = try calibratedNoiseMultiplier(epsilon: 1, delta: 1e-5, samplingRate: 1, steps: 40)
        privacy.noiseMultiplier = noise * honest
        privacy.stepsPerRound = 20
        var generator = RepeatableGenerator(11)
        return try MembershipAudit.run(
            on: set, canaries: canaries, shadows: 16, targets: 16, claimedEpsilon: claim, delta: 1e-5,
            using: &generator
        ) { chosen, generator in
            var model = try set.specification.initialParameters(seed: 1)
            for round in 0..<2 {
                model = try trainPrivately(
                    from: model, on: chosen, specification: set.specification, privacy: privacy, round: round,
                    rounds: 2, using: &generator)
            }
            return model
        }
    }

    @Test func honestTrainingPasses() throws {
        let audit = try Self.audit(noise: 1, claim: 1)
        #expect(audit.holds && audit.reach > 1, "\(audit)")
        #expect((0.4...0.62).contains(audit.areaUnderCurve), "\(audit)")
        #expect(audit.targetModels == 16 && audit.canaries >= 80 && audit.guesses >= 100)
    }

    /// Without noise more is found than may be.
    @Test func silentTrainingIsCaught() throws {
        let audit = try Self.audit(noise: 0, claim: 1)
        #expect(!audit.holds && audit.lowerBound > 1, "\(audit)")
        #expect(audit.areaUnderCurve > 0.7, "\(audit)")
    }

    /// Scores that say nothing: no bound, and rates near those of chance.
    @Test func guessesAtRandomProveNothing() {
        var generator = RepeatableGenerator(5)
        let scores = (0..<2000).map { _ in Double(generator.next() >> 11) }
        let takesPart = (0..<2000).map { _ in generator.next() & 1 == 1 }
        let found = MembershipGuesses(scores: scores, takesPart: takesPart, claimedEpsilon: 1)
        #expect(found.guesses == 100 && found.bound(delta: 1e-5, confidence: 0.95) < 0.5)
        let all = MembershipGuesses(scores: takesPart.map { $0 ? 1 : 0 }, takesPart: takesPart, claimedEpsilon: 1)
        #expect(all.correct == 100)
        #expect(all.bound(delta: 1e-5, confidence: 0.95) == all.bound(delta: 1e-5, confidence: 0.95, allCorrect: true))
    }
}
