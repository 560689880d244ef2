import FederationFixtures
import HomomorphicEncryption
import Ledger
import SecureAggregation
import Testing

@testable import Federation

/// What the whole protocol computes, and what leaves a hospital on the way.
@Suite struct SumTests {
    @Test(arguments: [3, 4, 5], [UInt64(1), 2])
    func decryptedSumIsTheIntegerSumBitForBit(members: Int, seed: UInt64) throws {
        let given = try TestFederation(members: members, rounds: 2)
        var rehearsal = try Rehearsal(given, seed: seed)
        try rehearsal.run()
        #expect(rehearsal.publishedCount == 2, "\(rehearsal.reports)")
        #expect(rehearsal.reports.isEmpty)
        var model = given.initialModel
        for round in UInt32(1)...2 {
            let accepted = try #require(rehearsal.contract.endedRounds[Int(round) - 1].verdict?.accepted)
            #expect(accepted == Array(0..<members))
            let values = try accepted.map { try #require(rehearsal.contributed[round]?[$0]) }
            let sum = (0..<TestFederation.dimension).map { index in values.reduce(0) { $0 + $1[index] } }
            #expect(try rehearsal.decryptedSum(round)?.values == sum)
            let mean = dequantise(
                sum, clipNorm: 1, normBound: given.agreement.encryption.normBound, divisor: Double(members))
            model = zip(model, mean).map(+)
        }
        for hospital in rehearsal.hospitals { #expect(hospital.model == model) }
        #expect(rehearsal.contract.lastPublishedModel == modelDigestOf(model))
    }

    @Test func modelIsTheMeanOfWhatWasTrained() throws {
        let given = try TestFederation()
        var rehearsal = try Rehearsal(given)
        try rehearsal.run()
        let differences = (0..<5).map {
            GivenTrainer.difference(member: $0, round: 1, dimension: TestFederation.dimension, seed: 1)
        }
        // Rounding to the grid C/B moves each parameter of each hospital by less than one step.
        let step = 1 / Float(given.agreement.encryption.normBound)
        for index in 0..<TestFederation.dimension {
            let mean = differences.reduce(0) { $0 + $1[index] } / 5
            let moved = rehearsal.coordinator.model.parameters[index] - given.initialModel[index]
            #expect(abs(moved - mean) <= step + 1e-7)
        }
    }

    /// Three neighbouring parameters, as floats and as integers, never occur in any message. A run of 12 bytes
    /// occurs in 2 MB of noise by chance with probability below 1e-22.
    @Test func rawUpdatesNeverLeaveAHospital() throws {
        let given = try TestFederation()
        var rehearsal = try Rehearsal(given)
        try rehearsal.run()
        #expect(rehearsal.publishedCount == 1)
        var canaries: Set<[UInt8]> = []
        for member in 0..<5 {
            let difference = GivenTrainer.difference(
                member: member, round: 1, dimension: TestFederation.dimension, seed: 1)
            let integers = try #require(rehearsal.contributed[1]?[member])
            for start in stride(from: 0, to: TestFederation.dimension - 3, by: 97) {
                let floats = Array(difference[start..<start + 3])
                canaries.formUnion(encodings(floats.map(\.bitPattern)))
                let trained = zip(given.initialModel[start...], floats).map { ($0 + $1).bitPattern }
                canaries.formUnion(encodings(trained))
                let values = Array(integers[start..<start + 3])
                canaries.formUnion(encodings(values))
                canaries.formUnion(encodings(values.map { Int32(truncatingIfNeeded: $0) }))
            }
        }
        #expect(canaries.count > 300)
        #expect(canaries.allSatisfy { $0.count >= 12 })
        let prefixes = Set(canaries.map { Array($0.prefix(4)) })
        let long = Set(canaries.map { Array($0.prefix(12)) })
        var found = 0
        var bytesSeen = 0
        let travelled = rehearsal.delivered.map(\.bytes) + rehearsal.moved.map(\.chunk)
        for bytes in travelled where bytes.count >= 12 {
            bytesSeen += bytes.count
            for start in 0...bytes.count - 12 where prefixes.contains(Array(bytes[start..<start + 4])) {
                if long.contains(Array(bytes[start..<start + 12])) { found += 1 }
            }
        }
        #expect(found == 0)
        #expect(bytesSeen > 1_000_000, "the search looked at next to nothing")
        // The search finds what it looks for: a canary put into a message is found.
        let planted = [UInt8](repeating: 9, count: 31) + (canaries.first ?? [])
        #expect((0...planted.count - 12).contains { long.contains(Array(planted[$0..<$0 + 12])) })
    }

    private func encodings(_ values: [some FixedWidthInteger]) -> [[UInt8]] {
        [
            values.flatMap { value in withUnsafeBytes(of: value.littleEndian) { Array($0) } },
            values.flatMap { value in withUnsafeBytes(of: value.bigEndian) { Array($0) } },
        ]
    }

    @Test func sameSeedGivesTheSameLedgerAndModel() throws {
        let given = try TestFederation(rounds: 2)
        var first = try Rehearsal(given, seed: 7)
        var second = try Rehearsal(given, seed: 7)
        var other = try Rehearsal(given, seed: 8)
        try first.run()
        try second.run()
        try other.run()
        #expect(first.coordinator.log.merkle.root == second.coordinator.log.merkle.root)
        // What is sealed to a one-time key is sealed with fresh randomness; sizes and order are the same all the same.
        #expect(first.delivered.map(\.bytes.count) == second.delivered.map(\.bytes.count))
        #expect(first.contract.lastPublishedModel == second.contract.lastPublishedModel)
        #expect(first.coordinator.log.merkle.root != other.coordinator.log.merkle.root)
    }

    @Test func everyReplicaIsTheSameLedger() throws {
        var rehearsal = try Rehearsal(try TestFederation(rounds: 2))
        try rehearsal.run()
        for hospital in rehearsal.hospitals {
            #expect(hospital.log.merkle.root == rehearsal.coordinator.log.merkle.root)
            #expect(hospital.ledgerRefusal == nil)
        }
    }
}
