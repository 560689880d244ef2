import HomomorphicEncryption
import Testing

@Suite struct NearestPlanTests {
    @Test func aRevealingSketchIsRefusedUnlessPrivacyProtectsTheUpdate() throws {
        let error = #expect(throws: EncryptionError.self) {
            try EncryptionParameters.plan(dimension: 1023, members: 5, patientLevelPrivacy: false)
        }
        #expect(error?.code == .sketchTooRevealing)
        #expect(error?.message.contains("1024 parameters instead of 1023") == true)
        let smallest = try EncryptionParameters.plan(dimension: 1024, members: 5, patientLevelPrivacy: false)
        #expect(smallest.set == .tiny && smallest.revealedShare == 0.125)
        let protected = try EncryptionParameters.plan(dimension: 1023, members: 5, patientLevelPrivacy: true)
        #expect(protected.set == .tiny)
        #expect(throws: EncryptionError.self) {
            try EncryptionParameters.plan(dimension: 1217, members: 1, patientLevelPrivacy: true)
        }
    }

    static let refused: [(EncryptionWish, EncryptionError.Code, String)] = [
        // Far from 1024 parameters, privacy is the smaller change.
        (
            EncryptionWish(dimension: 10, members: 5, patientLevelPrivacy: false), .sketchTooRevealing,
            "patient-level privacy switched on"
        ),
        // A single hospital, and an update beyond every limit.
        (
            EncryptionWish(dimension: 1217, members: 1, patientLevelPrivacy: false), .unsupportedSize,
            "2 hospitals instead of 1"
        ),
        (
            EncryptionWish(dimension: .max, members: 5, patientLevelPrivacy: false), .unsupportedSize,
            "17179869184 parameters instead of 9223372036854775807"
        ),
        // A sketch that is no multiple of 64.
        (
            EncryptionWish(dimension: 97_906, members: 5, patientLevelPrivacy: false, coordinates: 200),
            .unsupportedSize, "192 sketch coordinates instead of 200"
        ),
        // A set that its level excludes.
        (
            EncryptionWish(dimension: 97_906, members: 5, patientLevelPrivacy: false, set: .compact), .tooWeak,
            "any set instead of compact"
        ),
        // One digit too many for a set that holds two blocks.
        (
            EncryptionWish(dimension: 16_385, members: 5, patientLevelPrivacy: false, set: .tiny), .roundingTooCoarse,
            "16384 parameters instead of 16385"
        ),
    ]

    /// The plan named differs as little as the expectation says, and it is a plan.
    @Test(arguments: refused.indices)
    func theNearestPlanThatFitsIsNamed(index: Int) throws {
        let (wish, code, change) = Self.refused[index]
        let refusal = #expect(throws: EncryptionError.self) { try wish.plan() }
        #expect(refusal?.code == code, "\(refusal?.message ?? "")")
        let nearest = try #require(wish.nearest())
        #expect(nearest.changes == [change])
        #expect(try nearest.wish.plan() == nearest.parameters)
    }

    /// Far from a range of sizes that is bounded on both sides, it is found all the same.
    @Test func aBoundedRangeIsNotPassedOver() throws {
        let wish = EncryptionWish(dimension: 1 << 30, members: 5, patientLevelPrivacy: false)
        let limit: EncryptionWish.OuterLimit = { $0.ciphertextBytes > 100_000 ? "too large" : nil }
        let nearest = try #require(wish.nearest(within: limit))
        #expect(nearest.changes.count == 1 && (1024...1 << 20).contains(nearest.wish.dimension))
    }

    /// Just at the edge: one step back is refused.
    @Test func theNearestNumberIsTheFirstThatFits() throws {
        let wish = EncryptionWish(
            dimension: 8192, members: 1000, patientLevelPrivacy: false,
            roundingTolerance: try RoundingTolerance(millionths: 3), set: .tiny)
        #expect(throws: EncryptionError.self) { try wish.plan() }
        let nearest = try #require(wish.nearest())
        #expect(nearest.changes.count == 1)
        var back = nearest.wish
        if back.members != wish.members { back.members += 1 }
        if back.dimension != wish.dimension { back.dimension += 1 }
        if back.roundingTolerance != wish.roundingTolerance {
            back.roundingTolerance = try RoundingTolerance(millionths: back.roundingTolerance.millionths - 1)
        }
        #expect(back != nearest.wish)
        #expect(throws: EncryptionError.self) { try back.plan() }
    }

    /// A limit from outside counts like one of the encryption's own.
    @Test func anOuterLimitIsKept() throws {
        let wish = EncryptionWish(dimension: 97_906, members: 50, patientLevelPrivacy: false)
        let limit: EncryptionWish.OuterLimit = { $0.traffic > 4_000_000 ? "more than 4 MB" : nil }
        let refusal = #expect(throws: EncryptionError.self) { try wish.plan(within: limit) }
        #expect(refusal?.code == .beyondLimit && refusal?.message == "more than 4 MB")
        let nearest = try #require(wish.nearest(within: limit))
        #expect(nearest.parameters.traffic <= 4_000_000)
        if nearest.wish.members != wish.members {
            var more = nearest.wish
            more.members += 1
            #expect(throws: EncryptionError.self) { try more.plan(within: limit) }
        }
    }

    /// A thousand hospitals with a sketch of 1024 coordinates each: what refuses it is the round's failure.
    @Test func aProbableFailureIsRefused() throws {
        let wish = EncryptionWish(dimension: 1_000_000, members: 1024, patientLevelPrivacy: false, coordinates: 1024)
        let refusal = #expect(throws: EncryptionError.self) { try wish.plan() }
        #expect(refusal?.code == .failureTooLikely)
        let nearest = try #require(wish.nearest())
        #expect(nearest.parameters.failure.roundLog2 < -60)
    }
}
