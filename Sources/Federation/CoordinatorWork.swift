import HomomorphicEncryption
import Ledger
import PoisoningDefence
import SecureAggregation

/// Carries out the coordinator's slow work. Pure.
package struct CoordinatorWork: Sendable {
    package let agreement: Agreement
    package let publics: PublicDerivations

    package init(agreement: Agreement, publics: PublicDerivations) {
        self.agreement = agreement
        self.publics = publics
    }

    /// - Parameter chunks: where the chunks lie that the machine was told are here; read one at a time.
    package func carryOut(_ job: CoordinatorJob, reading chunks: some ChunkSource) -> CoordinatorEvent {
        switch job {
        case .judge(let round, let uploads, let answers, let suspicion):
            do {
                return judged(try gather(uploads, reading: chunks, answers, in: round), of: round, suspicion)
            } catch {
                return .failed(round: round.round, error)
            }
        case .judgeAgain(let round, let gathered, let suspicion):
            return judged(gathered, of: round, suspicion)
        case .openSum(let round, let updates, let keyAnswers, let base, let judgement):
            do {
                let sum = try openSum(
                    of: updates, reading: chunks, keyAnswers: keyAnswers, in: round, over: base, under: agreement,
                    with: publics)
                guard sum.opened.agrees(with: judgement) else {
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

    private func judged(_ gathered: GatheredAnswers, of round: ClosedRound, _ suspicion: TriggerSuspicion)
        -> CoordinatorEvent
    {
        do {
            let judgement = try judgeContributions(
                gathered, of: round, under: agreement, remembering: suspicion, with: publics)
            return .judged(round: round.round, gathered, judgement)
        } catch {
            preconditionFailure("judging is total on gathered answers")
        }
    }

    /// The linear part of every well-formed ciphertext of U, once; hospitals check their own. A chunk that is no block
    /// of these parameters is evidence against its dealer, as a value.
    private func gather(
        _ uploads: [Int: ChunkNames], reading chunks: some ChunkSource, _ answers: [Int: OpeningAnswers],
        in round: ClosedRound
    ) throws(FederationError) -> GatheredAnswers {
        let families = publics.families(federation: round.federation, seed: round.seed, beacon: round.beacon)
        var growing: [Int: LinearPartAccumulation] = [:]
        for dealer in round.members where uploads[dealer] != nil {
            growing[dealer] = LinearPartAccumulation(families: families)
        }
        var evidence: [ChunkEvidence] = []
        // Each block's families are drawn once for all dealers.
        var blocks = families.blocks()
        for block in 0..<agreement.encryption.blocks {
            blocks.advance()
            for dealer in growing.keys.sorted() {
                guard let names = uploads[dealer] else { continue }
                let chunk = try chunks.read(names.digests[block])
                do {
                    try growing[dealer]?.add(chunk, of: blocks)
                } catch {
                    growing[dealer] = nil
                    evidence.append(ChunkEvidence(member: dealer, proof: names.proof(of: block, holding: chunk)))
                }
            }
        }
        let linearParts = growing.mapValues { $0.linearPart(of: families) }
        let malformed = round.members.filter { linearParts[$0] == nil }
        return GatheredAnswers(
            answers: answers, linearParts: linearParts, malformed: malformed,
            evidence: evidence.sorted { $0.member < $1.member })
    }
}
