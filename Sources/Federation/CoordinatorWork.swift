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
            let gathered = gather(uploads, answers, in: round)
            do {
                let judgement = try judgeContributions(gathered, of: round, under: agreement, with: publics)
                return .judged(round: round.round, gathered, judgement)
            } catch {
                preconditionFailure("judging is total on gathered answers")
            }
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

    /// The linear part of every well-formed ciphertext of U, once; hospitals check their own.
    private func gather(_ uploads: [Int: [[UInt8]]], _ answers: [Int: OpeningAnswers], in round: ClosedRound)
        -> GatheredAnswers
    {
        let families = publics.families(federation: round.federation, seed: round.seed, beacon: round.beacon)
        var linearParts: [Int: SketchLinearPart] = [:]
        var malformed: [Int] = []
        for dealer in round.members {
            if let chunks = uploads[dealer],
                let update = try? EncryptedUpdate(blocks: chunks, parameters: agreement.encryption)
            {
                linearParts[dealer] = families.linearPart(of: update)
            } else {
                malformed.append(dealer)
            }
        }
        return GatheredAnswers(answers: answers, linearParts: linearParts, malformed: malformed)
    }
}
