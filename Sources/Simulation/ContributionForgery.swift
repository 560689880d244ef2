import Federation
import HomomorphicEncryption
import Ledger
import RingArithmetic
import SecureAggregation

/// What an attacker does below the level of training: it breaks the protocol itself.
enum ContributionForgery: Sendable {
    /// A ciphertext that is none: a chunk of the wrong length with residues beyond the primes.
    case garbage
    /// Values of half the plaintext range, which cancel in sums of an even number of them.
    case wrap
    /// Key shares that lie on no polynomial of degree t − 1, with digests that fit them.
    case badDealer

    /// The journey as far as the attacker walks it honestly, then its own ending.
    func contribution(
        to round: Announcement, _ account: PrivacyAccount, by work: HospitalWork, training trainer: some LocalTrainer,
        using rng: inout KeyedStream
    ) -> Result<PreparedContribution, FederationError> {
        do {
            let agreement = work.agreement
            let trained = try trainer.train(
                from: round.model, round: round.round, under: agreement.privacy, using: &rng)
            let spent = try account.after(trained.event)
            let honest = quantise(
                trained.bounded(toNorm: agreement.clipNorm).values, clipNorm: agreement.clipNorm,
                normBound: agreement.encryption.normBound, using: &rng)
            let dealing = try forgedDealing(of: honest, in: round, by: work, using: &rng)
            let protected = try ProtectedUpdate(
                dealing: dealing, values: honest, event: trained.event, round: round, member: work.member,
                chunks: forgedChunks(of: dealing))
            let contribution = protected.committed(
                in: round.round, spending: spent.record, federation: round.federation)
            return .success(
                PreparedContribution(contribution: contribution, secrets: protected.secrets, account: spent))
        } catch let error as FederationError {
            return .failure(error)
        } catch {
            return .failure(FederationError(.training, "round \(round.round): \(error)"))
        }
    }

    private func forgedDealing(
        of values: [Int64], in round: Announcement, by work: HospitalWork, using rng: inout KeyedStream
    ) throws -> Dealing {
        let agreement = work.agreement
        let sharing = try agreement.sharing
        let polynomials = work.publics.polynomials(for: round)
        let context = dealingContext(federation: round.federation, seed: round.seed, dealer: work.member)
        guard let malformation = malformation(agreement.encryption) else {
            return try Dealing(
                update: values, parameters: agreement.encryption, sharing: sharing, polynomials: polynomials,
                context: context, using: &rng)
        }
        return try Dealing.insecure_malformed(
            malformation, update: values, parameters: agreement.encryption, sharing: sharing, polynomials: polynomials,
            context: context, using: &rng)
    }

    private func malformation(_ parameters: EncryptionParameters) -> Malformation? {
        switch self {
        case .garbage: return nil
        case .wrap:
            // (Q − 1)/2 is −1/2 modulo each prime; two of them cancel in a sum with ±1 signs.
            let half = parameters.moduli.map { ($0 - 1) / 2 }
            return .payload([0: half, parameters.coefficients / 2: half])
        case .badDealer:
            return .inconsistentShare(recipient: parameters.members - 1, prime: 0, coefficient: 0)
        }
    }

    private func forgedChunks(of dealing: Dealing) -> [[UInt8]]? {
        guard case .garbage = self else { return nil }
        var chunks = dealing.update.blocks
        let last = chunks.count - 1
        chunks[last] = [UInt8](repeating: 0xFF, count: chunks[last].count)
        return chunks
    }
}
