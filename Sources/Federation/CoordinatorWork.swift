import HomomorphicEncryption
import SecureAggregation

/// Carries out the coordinator's slow work. Pure.
package struct CoordinatorWork: Sendable {
    package let agreement: Agreement
    package let publics: PublicDerivations

    package init(agreement: Agreement, publics: PublicDerivations) {
        self.agreement = agreement
        self.publics = publics
    }

    package func carryOut(_ job: CoordinatorJob) -> CoordinatorEvent {
        switch job {
        case .judge(let round, let uploads, let answers):
            return judged(gather(uploads, answers, in: round), of: round)
        case .judgeAgain(let round, let gathered):
            return judged(gathered, of: round)
        case .openSum(let round, let updates, let keyAnswers, let base, let judgement):
            do {
                let sum = try openSum(
                    of: updates, keyAnswers: keyAnswers, in: round, over: base, under: agreement, with: publics)
                guard sum.agrees(with: judgement, in: round, with: publics) else {
                    throw FederationError(.malformedMessage, "the sum of the sketches is not the sketch of the sum")
                }
                return .summed(round: round.round, .success(sum))
            } catch let error as FederationError {
                return .summed(round: round.round, .failure(error))
            } catch {
                return .summed(round: round.round, .failure(FederationError(.malformedMessage, "\(error)")))
            }
        }
    }

    private func judged(_ gathered: GatheredAnswers, of round: ClosedRound) -> CoordinatorEvent {
        do {
            let judgement = try judgeContributions(gathered, of: round, under: agreement, with: publics)
            return .judged(round: round.round, gathered, judgement)
        } catch {
            preconditionFailure("judging is total on gathered answers")
        }
    }

    /// The linear part of every well-formed ciphertext of U, once; hospitals check their own.
    private func gather(_ uploads: [Int: [[UInt8]]], _ answers: [Int: OpeningAnswers], in round: ClosedRound)
        -> GatheredAnswers
    {
        let families = publics.families(federation: round.federation, seed: round.seed, beacon: round.beacon)
        let blockCount = agreement.encryption.blocks
        var growing: [Int: LinearPartAccumulation] = [:]
        for dealer in round.members where uploads[dealer]?.count == blockCount {
            growing[dealer] = LinearPartAccumulation(families: families)
        }
        // Each block's families are drawn once for all dealers.
        var blocks = families.blocks()
        for block in 0..<blockCount {
            blocks.advance()
            for dealer in growing.keys.sorted() {
                guard let chunk = uploads[dealer]?[block] else { continue }
                do {
                    try growing[dealer]?.add(chunk, of: blocks)
                } catch {
                    // A chunk that is no block of these parameters: the dealer is malformed, as a value.
                    growing[dealer] = nil
                }
            }
        }
        let linearParts = growing.mapValues { $0.linearPart(of: families) }
        let malformed = round.members.filter { linearParts[$0] == nil }
        return GatheredAnswers(answers: answers, linearParts: linearParts, malformed: malformed)
    }
}
