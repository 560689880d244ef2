import Federation
import Testing

@Suite struct PromiseTests {
    /// The promise table of the protocol's review.
    @Test(
        arguments: [
            [3, 0, 2, 0, 1, 1, 0], [3, 0, 3, 2, 0, 0, 0], [5, 1, 4, 2, 0, 1, 0], [6, 1, 4, 1, 1, 2, 1],
            [7, 1, 5, 2, 1, 2, 1], [10, 1, 6, 1, 3, 4, 2], [10, 3, 7, 3, 0, 3, 1], [20, 3, 12, 3, 5, 8, 4],
            [50, 16, 34, 17, 0, 16, 8],
        ])
    func promisesEqualTheReviewedTable(row: [Int]) throws {
        let promises = try FederationPromises(members: row[0], threshold: row[2], corruptible: row[1])
        #expect(promises.oneSumHoldsTo == row[3])
        #expect(promises.absentWithDetection == row[4])
        #expect(promises.absentWithContests == row[5])
        #expect(promises.liarsCorrected == row[6])
        #expect(promises.sentences.contains { $0.contains("each other's update") } == (row[0] == 3))
    }

    /// Every triple up to n = 12: allowed exactly when the four conditions of the protocol hold.
    @Test func exactlyTheTriplesOfTheProtocolAreAllowed() {
        for n in 3...12 {
            for c in -1...n {
                for t in 0...n + 1 {
                    let holds = c >= 0 && 2 * t > n + c && c <= 2 * t - n - 1 && n - c >= t
                    let reason = FederationPromises.refusal(members: n, threshold: t, corruptible: c)
                    #expect((reason == nil) == holds, "n = \(n), t = \(t), c = \(c)")
                }
            }
        }
        #expect(FederationPromises.refusal(members: 2, threshold: 2, corruptible: 0) != nil)
    }
}
