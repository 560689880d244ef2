import Testing

@testable import Simulation

@Suite("Options of a run")
struct SimulationOptionsTests {
    @Test(
        "take the protocol's thresholds by default, and allow one sum at a time",
        arguments: [(3, 0, 2), (4, 1, 3), (5, 1, 4), (6, 1, 4), (7, 2, 5), (8, 2, 6), (10, 3, 7), (100, 33, 67)])
    func thresholds(hospitals: Int, corruptible: Int, threshold: Int) throws {
        let options = try SimulationOptions(hospitals: hospitals, outputDirectory: "out")
        #expect(options.corruptible == corruptible)
        #expect(options.threshold == threshold)
    }

    /// For every size: exactly the thresholds with t > (n + c) / 2 and t ≤ n − c are taken.
    @Test(arguments: 3...40)
    func acceptsExactlyTheSafeThresholds(hospitals: Int) throws {
        let corruptible = (hospitals - 1) / 3
        for threshold in -1...hospitals + 2 {
            let isSafe = 2 * threshold > hospitals + corruptible && threshold <= hospitals - corruptible
            let options = try? SimulationOptions(hospitals: hospitals, threshold: threshold, outputDirectory: "out")
            #expect((options != nil) == isSafe, "n = \(hospitals), t = \(threshold)")
        }
    }

    @Test func modelFollowsPrivacy() throws {
        #expect(try SimulationOptions(outputDirectory: "out").model == .cnn)
        #expect(try SimulationOptions(privacy: .epsilon(8), outputDirectory: "out").model == .scattering2)
        #expect(try SimulationOptions(model: .cnn, privacy: .epsilon(8), outputDirectory: "out").model == .cnn)
    }

    @Test(arguments: SimulatedAttack.allCases)
    func attackers(attack: SimulatedAttack) throws {
        let options = try SimulationOptions(attack: attack, outputDirectory: "out")
        #expect(options.attackers == (attack.isByCoordinator ? 0 : 1))
        #expect(try SimulatedAttack(parsing: attack.rawValue) == attack)
    }

    @Test func network() throws {
        let faults = try NetworkFaults(parsing: "loss=0.05,delay=20")
        #expect(faults == NetworkFaults(lossProbability: 0.05, delayMilliseconds: 20))
        for wrong in [
            "", "loss", "loss=x", "loss=-1", "loss=0.6", "loss=0.1,loss=0.1", "delay=nan", "delay=70000", "a=1",
        ] {
            #expect(throws: SimulationError.self, "\(wrong)") { try NetworkFaults(parsing: wrong) }
        }
    }

    @Test func vanishing() throws {
        #expect(try SimulatedVanishing(parsing: "2@sum:3") == SimulatedVanishing(count: 2, phase: .sum, round: 3))
        #expect(try SimulatedVanishing(parsing: "1@train") == SimulatedVanishing(count: 1, phase: .train))
        for wrong in ["", "sum", "@sum", "1@", "1@sum:", "1@sum:0", "1@sum:1:2", "-1@sum", "1@1@sum"] {
            #expect(throws: SimulationError.self, "\(wrong)") { try SimulatedVanishing(parsing: wrong) }
        }
    }
}
