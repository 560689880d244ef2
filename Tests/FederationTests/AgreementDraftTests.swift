import Federation
import HomomorphicEncryption
import Testing

@Suite struct AgreementDraftTests {
    @Test func aDraftHoldsPlanPromisesAndBytes() throws {
        let wish = EncryptionWish(dimension: 1_000_000, members: 10, patientLevelPrivacy: false, goal: .ciphertext)
        let draft = try AgreementDraft(wish)
        #expect(draft.promises.threshold == 7 && draft.promises.corruptible == 3)
        #expect(draft.encryption == (try wish.plan()))
        #expect(draft.traffic.ciphertext == draft.encryption.ciphertextBytes)
        #expect(draft.traffic.bitsPerParameter <= 29)
        #expect(try AgreementDraft(wish, threshold: 6, corruptible: 1).traffic.threshold == 6)
        let error = #expect(throws: FederationError.self) { try AgreementDraft(wish, threshold: 5) }
        #expect(error?.code == .agreement)
    }

    /// The update alone is too large: a smaller one is nearest, up to the last parameter.
    @Test func aSmallerUpdateIsNearest() throws {
        var wish = EncryptionWish(dimension: 10_000_000_000, members: 5, patientLevelPrivacy: false)
        let nearest = try #require(AgreementDraft.nearest(to: wish))
        #expect(nearest.changes.count == 1 && nearest.wish.dimension < 10_000_000_000)
        wish.dimension = nearest.wish.dimension + 1
        #expect(throws: EncryptionError.self) { try AgreementDraft(wish) }
    }

    /// What fits the encryption must also travel: the nearest plan's messages do.
    @Test(arguments: [
        EncryptionWish(dimension: 3_000_000_000, members: 5, patientLevelPrivacy: false),
        EncryptionWish(dimension: 1_000_000, members: 200, patientLevelPrivacy: false, goal: .ciphertext, set: .large),
        EncryptionWish(dimension: 97_906, members: 300, patientLevelPrivacy: false),
    ])
    func messagesTooLargeAreRefused(wish: EncryptionWish) throws {
        let refusal = #expect(throws: (any Error).self) { try AgreementDraft(wish) }
        #expect((refusal as? EncryptionError)?.code == .beyondLimit || refusal is FederationError)
        let nearest = try #require(AgreementDraft.nearest(to: wish))
        let draft = try AgreementDraft(nearest.wish)
        #expect(draft.encryption == nearest.parameters)
        let byName = draft.traffic.ciphertext
        #expect(draft.traffic.openingsFetched <= Limits.envelopeBytesMax)
        #expect(max(draft.traffic.upload, draft.traffic.sumFetched) - byName <= Limits.envelopeBytesMax)
        #expect(draft.encryption.blockBytes <= Limits.chunkBytesMax)
    }
}
