import PoisoningDefence
package import RingArithmetic

/// Carries out a hospital's slow work. Pure: everything it needs is in the job, and its result is an event.
package struct HospitalWork: Sendable {
    package let agreement: Agreement
    package let member: Int
    package let publics: PublicDerivations

    package init(agreement: Agreement, member: Int, publics: PublicDerivations) {
        self.agreement = agreement
        self.member = member
        self.publics = publics
    }

    /// - Parameter chunks: where the chunks lie that the machine was told are here; read one at a time.
    package func carryOut(
        _ job: HospitalJob, reading chunks: some ChunkSource, training trainer: some LocalTrainer,
        using rng: inout some CryptographicGenerator
    ) -> HospitalEvent {
        switch job {
        case .contribute(let round, let account):
            return .contributed(round: round.round, contribution(to: round, account, training: trainer, using: &rng))
        case .answer(let round, let shares):
            return .answered(.answering(round, holding: shares, under: agreement, with: publics))
        case .inspect(let round, let gathered, let dealt):
            return .inspected(
                round: round.round,
                falseHelpers: gathered.falseHelpers(
                    about: member, dealt: dealt, in: round, under: agreement, with: publics))
        case .judge(let round, let gathered, let suspicion):
            let judgement = try? judgeContributions(
                gathered, of: round, under: agreement, remembering: suspicion, with: publics)
            return .judged(round: round.round, judgement)
        case .check(let sum):
            do {
                return .checked(try .checking(sum, reading: chunks, under: agreement, with: publics))
            } catch {
                return .failed(round: sum.round.round, error)
            }
        case .validate(let round, let candidate, let base):
            // Under patient-level privacy a vote reads no patient; it says that the sum was verified (decision 0004).
            // Without, a hospital that cannot evaluate the candidate does not approve it.
            let approved =
                agreement.privacy != nil || (try? trainer.approves(candidate: candidate, over: base)) ?? false
            return .validated(round: round, approved: approved)
        case .assemble(let names, let digest):
            do {
                return .assembled(
                    model: digest, .success(try ModelChunks.model(of: names, expecting: digest, from: chunks)))
            } catch {
                return .assembled(model: digest, .failure(error))
            }
        case .recall(let name):
            do {
                return .recalled(name: name, .success(try TriggerSuspicion(chunk: try chunks.read(name))))
            } catch {
                return .recalled(name: name, .failure(error))
            }
        }
    }

    private func contribution(
        to round: Announcement, _ account: PrivacyAccount, training trainer: some LocalTrainer,
        using rng: inout some CryptographicGenerator
    ) -> Result<PreparedContribution, FederationError> {
        do {
            let (contribution, secrets, spent) = try contribute(
                to: round, training: trainer, as: member, under: agreement, spending: account, with: publics,
                using: &rng)
            return .success(PreparedContribution(contribution: contribution, secrets: secrets, account: spent))
        } catch let error as FederationError {
            return .failure(error)
        } catch {
            return .failure(FederationError(.training, "round \(round.round): \(error)"))
        }
    }
}
