import Ledger
import Testing

@testable import Simulation

@Suite struct SimulatedVanishingTests {
    @Test func vanishedFromAPhaseOfARoundUntilItsEnd() {
        let phases: [RoundPhase] = [.commit, .reveal, .sketch, .verdict, .sum, .report, .vote]
        for (start, phase) in phases.enumerated() {
            let once = Vanishing(member: 0, phase: phase, round: 2)
            let always = Vanishing(member: 0, phase: phase, round: nil)
            for (index, current) in phases.enumerated() {
                #expect(once.covers(round: 2, phase: current) == (index >= start))
                #expect(!once.covers(round: 1, phase: current) && !once.covers(round: 3, phase: current))
                #expect(always.covers(round: 9, phase: current) == (index >= start))
            }
        }
    }

    @Test(arguments: [("1@sum", 1, SimulatedVanishing.Phase.sum, nil as Int?), ("12@train:3", 12, .train, 3)])
    func wellFormedTextIsRead(text: String, count: Int, phase: SimulatedVanishing.Phase, round: Int?) throws {
        #expect(try SimulatedVanishing(parsing: text) == SimulatedVanishing(count: count, phase: phase, round: round))
    }

    @Test(arguments: [
        "", "1", "@sum", "0@sum", "-1@sum", "1@", "1@nowhere", "1@sum:", "1@sum:0", "1@sum:1:2", "1@sum@2",
    ])
    func malformedTextIsRefused(text: String) {
        let error = #expect(throws: SimulationError.self) { try SimulatedVanishing(parsing: text) }
        #expect(error?.code == .usage)
    }

    @Test(arguments: ["loss=0.05,duplication=0.05,reordering=0.1,delay=20"])
    func networkIsRead(text: String) throws {
        let faults = NetworkFaults(
            lossProbability: 0.05, duplicationProbability: 0.05, reorderingProbability: 0.1, delayMilliseconds: 20)
        #expect(try NetworkFaults(parsing: text) == faults)
    }

    @Test(arguments: [
        "", "loss", "loss=", "loss=-1", "loss=0.6", "loss=nan", "loss=0.1,loss=0.2", "rain=1", "delay=1e9",
    ])
    func malformedNetworkIsRefused(text: String) {
        let error = #expect(throws: SimulationError.self) { try NetworkFaults(parsing: text) }
        #expect(error?.code == .usage)
    }

    @Test func optionsRefuseWhatCannotBeRun() {
        let attempts: [() throws -> SimulationOptions] = [
            { try SimulationOptions(hospitals: 2, outputDirectory: "x") },
            { try SimulationOptions(hospitals: 101, outputDirectory: "x") },
            { try SimulationOptions(threshold: 3, outputDirectory: "x") },
            { try SimulationOptions(threshold: 5, outputDirectory: "x") },
            { try SimulationOptions(rounds: 0, outputDirectory: "x") },
            { try SimulationOptions(privacy: .epsilon(0), outputDirectory: "x") },
            { try SimulationOptions(privacy: .epsilon(.nan), outputDirectory: "x") },
            { try SimulationOptions(attackers: 1, outputDirectory: "x") },
            { try SimulationOptions(attackers: 5, attack: .wrap, outputDirectory: "x") },
            { try SimulationOptions(attackers: 1, attack: .tamperingCoordinator, outputDirectory: "x") },
            { try SimulationOptions(heterogeneity: 0, outputDirectory: "x") },
            {
                try SimulationOptions(
                    vanishings: [SimulatedVanishing(count: 6, phase: .sum)], outputDirectory: "x")
            },
            {
                try SimulationOptions(
                    rounds: 2, vanishings: [SimulatedVanishing(count: 1, phase: .sum, round: 3)], outputDirectory: "x")
            },
            { try SimulationOptions(outputDirectory: "") },
        ]
        for (index, attempt) in attempts.enumerated() {
            let error = #expect(throws: SimulationError.self, "attempt \(index)") { try attempt() }
            #expect(error?.code == .usage)
        }
    }

    @Test func optionsFillInTheProtocolsDefaults() throws {
        for (hospitals, corruptible, threshold) in [(3, 0, 2), (4, 1, 3), (5, 1, 4), (7, 2, 5), (10, 3, 7)] {
            let options = try SimulationOptions(hospitals: hospitals, outputDirectory: "x")
            #expect(options.corruptible == corruptible && options.threshold == threshold)
        }
        #expect(try SimulationOptions(outputDirectory: "x").model == .cnn)
        #expect(try SimulationOptions(privacy: .epsilon(8), outputDirectory: "x").model == .scattering2)
        #expect(try SimulationOptions(attack: .wrap, outputDirectory: "x").attackers == 1)
    }
}
