// The journey of an update, from a hospital's images to the published model. Each line changes the type; only the next
// function accepts it; only `Contribution` is a message. One file, one page: start reading here.

package import Ledger
package import PoisoningDefence
package import RingArithmetic
package import SecureAggregation

/// A hospital's half of a round: from its own images to the one thing that may leave the building.
package func contribute(
    to round: Announcement, training trainer: some LocalTrainer, as member: Int, under agreement: Agreement,
    spending account: PrivacyAccount, with publics: PublicDerivations, using rng: inout some CryptographicGenerator
) throws -> (contribution: Contribution, secrets: RoundSecrets, account: PrivacyAccount) {
    let trained = try trainer.train(  // TrainedUpdate    [Float], and the privacy event it released
        from: round.model, round: round.round, under: agreement.privacy, using: &rng)
    let spent = try account.after(trained.event)  // refuses over budget, before anything is released
    let bounded = trained.bounded(toNorm: agreement.clipNorm)  // BoundedUpdate    L2 norm ≤ C
    let quantised = bounded.quantised(on: agreement.encryption, using: &rng)  // QuantisedUpdate  integers, norm ≤ B
    let protected = try quantised.encrypted(  // ProtectedUpdate  ring elements and sealed key shares
        for: round, by: member, under: agreement, with: publics, using: &rng)
    let contribution = protected.committed(  // Contribution     digests, ciphertext, sealed shares
        in: round.round, spending: spent.record, federation: round.federation)
    return (contribution, protected.secrets, spent)
}

/// The coordinator's half, first part: from the answers of t hospitals to a verdict that everybody can recompute.
package func judgeContributions(
    _ gathered: GatheredAnswers, of round: ClosedRound, under agreement: Agreement,
    remembering suspicion: TriggerSuspicion, with publics: PublicDerivations
) throws -> Judgement {
    let trusted = gathered.withoutLiars(of: round, under: agreement, with: publics)  // contested answers put right
    let consistent = trusted.withoutInconsistentDealers(of: round, under: agreement)  // proper sharings only
    let sketched = consistent.openedSketches(of: round, under: agreement, with: publics)  // k·F numbers a hospital
    return sketched.judged(  // Judgement        accepted, excluded and why
        under: agreement, remembering: suspicion, probes: publics.probeSketches(of: round),
        contestCount: round.contests.count)
}

/// The coordinator's half, second part: from the accepted set to the candidate model.
package func openSum(
    of updates: [ChunkNames], reading chunks: some ChunkSource, keyAnswers: [Int: KeyShareSum], in round: ClosedRound,
    over base: [Float], under agreement: Agreement, with publics: PublicDerivations
) throws -> SumToPost {
    let encrypted = try updates.encryptedSum(reading: chunks, under: agreement)  // EncryptedSum  under Σ s_i
    let opened = try OpenedSum(  // OpenedSum     integers, noise checked
        decrypting: { encrypted.blocks[$0] }, with: keyAnswers, contributors: updates.count, in: round, over: base,
        under: agreement, with: publics)
    return SumToPost(encrypted: encrypted, opened: opened)  // SumToPost        the one by name, of the other digests
}
