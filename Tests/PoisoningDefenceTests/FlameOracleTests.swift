import Foundation
import Testing

@testable import PoisoningDefence

/// The majority cluster against HDBSCAN of scikit-learn, with which FLAME is described (`Vectors/poisoning/flame.py`).
@Suite struct FlameOracleTests {
    private struct Case: Decodable {
        let distances: [[Int64]]
        let cluster: [Int]
    }

    private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../Vectors/poisoning/flame.json")

    @Test func theMajorityClusterIsThatOfHDBSCAN() throws {
        let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: Self.file))
        #expect(cases.count == 24)
        for given in cases { #expect(FlameRule.majority(given.distances).members.sorted() == given.cluster) }
    }

    /// Equal links count together: relabelling changes nothing.
    @Test func tiesDoNotDependOnTheOrder() {
        let distances: [[Int64]] = [[0, 5, 9, 9], [5, 0, 5, 9], [9, 5, 0, 5], [9, 9, 5, 0]]
        #expect(FlameRule.majority(distances).members == [0, 1, 2, 3])
        #expect(FlameRule.majority(distances).reach == 5)
    }

    /// In an agreement FLAME leaves out at most c, those furthest from the majority first.
    @Test func inAnAgreementItLeavesOutAtMostC() {
        var generator = SeededGenerator(seed: 3)
        let federation = SyntheticFederation(
            hospitals: 10, corruptible: 3, likeness: .alike, attack: .signFlip, using: &generator)
        let geometry = SyntheticFederation.geometry()
        let sketches = federation.sketches(geometry, using: &generator)
        let pointed = FlameRule().judge(
            sketches, geometry: geometry, policy: .standard(members: 10, corruptible: 3))
        #expect(Set(pointed.map(\.member)).isSuperset(of: federation.corrupt))
        #expect(pointed.allSatisfy { $0.measured > $0.bound && $0.reason == .minorityCluster })
        let verdict = judge(
            sketches, geometry: geometry, policy: DefencePolicy(members: 10, corruptible: 3, rules: [.flame]))
        #expect(verdict.exclusions.map(\.member) == federation.corrupt)
    }
}
