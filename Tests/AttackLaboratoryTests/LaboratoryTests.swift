import Foundation
import MedicalImaging
import ModelTraining
import Report
import Testing

@testable import AttackLaboratory

/// On synthetic radiographs: what is measured on real ones stands in Documentation/PoisoningDefence.md.
@Suite struct LaboratoryTests {
    private static let made = Result {
        try LaboratoryBench(try makeSyntheticRadiographs(count: 700, imageSize: 32, seed: 11))
    }

    private static func bench() throws -> LaboratoryBench { try made.get() }

    private static func scenario(
        _ attack: LaboratoryAttack, _ defence: LaboratoryDefence, rounds: Int = 6
    ) -> LaboratoryScenario {
        LaboratoryScenario(attack: attack, defence: defence, malicious: 2, seed: 5, hospitals: 7, rounds: rounds)
    }

    @Test func aBackdoorWorksUndefendedAndNotDefended() throws {
        let bench = try Self.bench()
        let open = try runLaboratory(Self.scenario(.scaledBackdoor, .contract), bench: bench)
        let defended = try runLaboratory(Self.scenario(.scaledBackdoor, .everything), bench: bench)
        #expect((open.excessSuccess ?? 0) > 0.5)
        #expect((defended.excessSuccess ?? 1) < 0.1)
        #expect(open.finalTruePositiveRate == 0 && defended.finalTruePositiveRate == 1)
    }

    @Test(arguments: LaboratoryAttack.allCases)
    func everyAttackRunsAndRepeats(attack: LaboratoryAttack) throws {
        let bench = try Self.bench()
        let scenario = Self.scenario(attack, .everything, rounds: 2)
        let first = try runLaboratory(scenario, bench: bench)
        let second = try runLaboratory(scenario, bench: bench)
        #expect(first.accuracy == second.accuracy && first.excessSuccess == second.excessSuccess)
        #expect(first.falsePositiveRate == second.falsePositiveRate)
        #expect((first.excessSuccess == nil) == (attack.pattern == nil))
    }

    /// FLAME excludes, the others weigh: each runs, and none is the plain mean.
    @Test(arguments: [
        LaboratoryDefence.flame, .flameClipping, .foolsGold, .centredClipping, .geometricMedian, .mixing,
    ])
    func publishedRulesChangeWhatABackdoorDoes(defence: LaboratoryDefence) throws {
        let bench = try Self.bench()
        let open = try runLaboratory(Self.scenario(.scaledBackdoor, .contract, rounds: 3), bench: bench)
        let defended = try runLaboratory(Self.scenario(.scaledBackdoor, defence, rounds: 3), bench: bench)
        #expect(defended.accuracy != open.accuracy || defended.excessSuccess != open.excessSuccess)
        #expect(defended.agreementWithWholeUpdates > 0.5)
    }

    @Test func aSecondStartMakesOnlyWhatIsMissing() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("laboratory-\(UUID())")
        defer { try? FileManager.default.removeItem(at: directory) }
        let bench = try Self.bench()
        let runner = try LaboratoryRunner(directory: directory.path, version: "test", workers: 2)
        let scenarios = [Self.scenario(.signFlip, .ensemble, rounds: 1), Self.scenario(.none, .ensemble, rounds: 1)]
        let first = try await runner.run(scenarios, bench: bench) { _, _, _ in }
        let kept = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
        #expect(kept.count == 2)
        try Data("{".utf8).write(to: directory.appendingPathComponent(kept[0]))
        let again = try await runner.run(scenarios, bench: bench) { done, all, _ in
            // One was kept, one was cut off and is made again.
            #expect(done == 2 && all == 2)
        }
        #expect(first.map(\.accuracy) == again.map(\.accuracy))
        #expect(first.contains { again.map(\.seconds).contains($0.seconds) })
    }

    @Test func suitesHaveNoRunTwiceAndTuneOnNoFreshSeed() {
        for suite in LaboratorySuite.allCases {
            let scenarios = suite.scenarios(firstSeed: LaboratorySuite.firstFreshSeed)
            #expect(Set(scenarios.map(\.name)).count == scenarios.count)
            #expect(scenarios.allSatisfy { $0.seed >= LaboratorySuite.firstFreshSeed })
        }
    }

    @Test func probesNeedFixedFeaturesAndAreOfOneLength() throws {
        let probes = try TriggerProbes.shared(
            ModelSpecification(kind: .scattering, imageSize: 32, classCount: 2), normalisation: .standard)
        #expect(probes.directions.count == 128)
        for direction in probes.directions {
            let norm = direction.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
            #expect(abs(norm / TriggerProbes.scale - 1) < 1e-3 && direction.last == 0)
        }
        #expect(throws: TrainingError.self) {
            try TriggerProbes.shared(
                ModelSpecification(kind: .cnn, imageSize: 32, classCount: 2), normalisation: .standard)
        }
    }
}
