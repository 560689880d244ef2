import Foundation
import Report
import Testing

@Suite struct AttackStudyTests {
    private static func run(_ seed: UInt64, excess: Double?) -> AttackRun {
        AttackRun(
            attack: "backdoor", defence: "everything", heterogeneity: 0.5, hospitals: 10, malicious: 2, rounds: 20,
            epsilon: 8, seed: seed, accuracy: 0.9, auc: nil, attackSuccess: excess, excessSuccess: excess,
            truePositiveRate: 1, falsePositiveRate: 0, finalTruePositiveRate: 1, finalFalsePositiveRate: 0,
            roundsToDetect: 1, alarmRound: nil, agreementWithWholeUpdates: 1, seconds: 1)
    }

    private static let study = AttackStudy(
        cordonVersion: "1", suite: "quick", dataSet: "<images>", isSynthetic: true,
        runs: [run(1, excess: 0.25), run(2, excess: 0.75)])

    @Test func aStudyIsReadAsWritten() throws {
        #expect(try JSONDecoder().decode(AttackStudy.self, from: try Self.study.json()) == Self.study)
    }

    @Test func seedsOfOneRegimeAreAveraged() throws {
        let regimes = AttackRegime.all(of: Self.study.runs)
        try #require(regimes.count == 1)
        #expect(regimes[0].mean(\.excessSuccess) == 0.5 && regimes[0].mean(\.auc) == nil)
        #expect(regimes[0].setting == "Dirichlet 0.5, 2 of 10 malicious, ε = 8")
    }

    @Test func thePageShowsAndEscapes() {
        let page = renderAttackStudy(Self.study)
        #expect(page.contains("--share:50%") && page.contains("&lt;images&gt;") && !page.contains("<images>"))
        #expect(page.contains("SYNTHETIC"))
    }
}
