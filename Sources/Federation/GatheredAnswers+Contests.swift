import Ledger
import MultipartyEncryption
import PoisoningDefence
import SecureAggregation

/// Contests (PROTOCOL, integrity of openings, (R)): with t answers one liar can shift any opened value, but a dealer
/// knows every share it dealt, and the ledger knows their digests.
extension GatheredAnswers {
    /// The helpers whose answers about `dealer` are not those of the shares it dealt them, ascending.
    ///
    /// With t + c answers and more, all on one polynomial, none of c liars can have moved it: nothing is compared.
    /// - Parameter dealt: the dealer's shares, one a member in order.
    func falseHelpers(
        about dealer: Int, dealt: [DealtShare], in round: ClosedRound, under agreement: Agreement,
        with publics: PublicDerivations
    ) -> [Int] {
        let opening = Opening(round, agreement, publics)
        let theirs = answers.filter { $0.value.consistency[dealer] != nil && $0.value.sketches[dealer] != nil }
        if theirs.count == answers.count, theirs.count >= agreement.threshold + agreement.corruptible,
            let linear = linearParts[dealer], let sharing = try? agreement.sharing,
            opening.challenge.isConsistent(theirs.compactMapValues { $0.consistency[dealer] }, sharing: sharing),
            case .opened = opening.families.open(
                linear, theirs.compactMapValues { $0.sketches[dealer] }, sharing: sharing)
        {
            return []
        }
        return answers.keys.sorted().filter { helper in
            guard let answer = answers[helper], dealt.indices.contains(helper) else { return false }
            return opening.isFalse(answer, holding: dealt[helper])
        }
    }

    /// Puts right what was contested, and takes nothing else from whoever was shown to have answered falsely.
    ///
    /// A contest counts against the helper only if it names the very answer gathered here and the published share,
    /// which the contract has checked, gives another: an honest helper's answer is that of the share it was dealt.
    func withoutLiars(of round: ClosedRound, under agreement: Agreement, with publics: PublicDerivations)
        -> GatheredAnswers
    {
        guard !round.contests.isEmpty else { return self }
        let opening = Opening(round, agreement, publics)
        var falsehoods: [Int: Int64] = [:]
        var published: [Int: [Int: DealtShare]] = [:]
        for contest in round.contests {
            guard let answer = answers[contest.helper], answer.digest(about: contest.dealer) == contest.answerDigest,
                let share = try? DealtShare(bytes: contest.share, parameters: agreement.encryption),
                opening.isFalse(answer, holding: share)
            else { continue }
            falsehoods[contest.helper, default: 0] += 1
            published[contest.helper, default: [:]][contest.dealer] = share
        }
        var trusted = answers
        for (helper, shares) in published {
            trusted[helper] = OpeningAnswers(
                round: round.round, consistency: shares.mapValues(opening.challenge.answer),
                sketches: shares.mapValues(opening.families.answer))
        }
        let liars = falsehoods.keys.sorted().filter { round.commitments[$0] != nil }
        return GatheredAnswers(
            answers: trusted, linearParts: linearParts, malformed: malformed,
            exclusions: liars.map {
                Exclusion(member: $0, reason: .falseAnswer, measured: falsehoods[$0] ?? 0, bound: 0)
            })
    }

    /// The public functionals of openings 1 and 2.
    private struct Opening {
        let challenge: ConsistencyChallenge
        let families: SketchFamilies

        init(_ round: ClosedRound, _ agreement: Agreement, _ publics: PublicDerivations) {
            challenge = ConsistencyChallenge(parameters: agreement.encryption, beacon: round.beacon.bytes)
            families = publics.families(federation: round.federation, seed: round.seed, beacon: round.beacon)
        }

        /// Whether a helper that holds this share said something else. To say nothing is not to lie.
        func isFalse(_ answer: OpeningAnswers, holding share: DealtShare) -> Bool {
            let consistency = answer.consistency[share.dealer].map { $0 != challenge.answer(share) } ?? false
            return consistency || answer.sketches[share.dealer].map { $0 != families.answer(share) } ?? false
        }
    }
}
