import Federation
import HomomorphicEncryption
import Ledger
import RingArithmetic
import SecureAggregation

extension SimulatedCoordinatorWork {
    /// What a malicious coordinator posts: the encrypted sum plus `Δ·δ` in one coefficient. It decrypts without a trace
    /// in the noise; only the checkers of the blocks can see it.
    func tampered(
        _ sum: SumToPost, _ round: ClosedRound, _ keyAnswers: [Int: KeyShareSum], _ base: [Float]
    ) -> Result<SumToPost, FederationError> {
        let parameters = honest.agreement.encryption
        do {
            guard var block = Polynomial<CoefficientDomain>(packed: sum.encrypted.blocks[0], ring: parameters.ring)
            else { throw FederationError(.malformedMessage, "the encrypted sum does not unpack") }
            for (prime, modulus) in parameters.moduli.enumerated() {
                var row = block[prime]
                row[0] = (row[0] + parameters.scale % modulus * Self.delta % modulus) % modulus
                block[prime] = row
            }
            var blocks = sum.encrypted.blocks
            blocks[0] = block.packed()
            let opened = try OpenedSum(
                decrypting: { blocks[$0] }, with: keyAnswers, contributors: round.members.count, in: round, over: base,
                under: honest.agreement, with: honest.publics)
            return .success(
                SumToPost(encrypted: try EncryptedSum(blocks: blocks, parameters: parameters), opened: opened))
        } catch let error as FederationError {
            return .failure(error)
        } catch {
            return .failure(FederationError(.malformedMessage, "\(error)"))
        }
    }

    /// How much is added to one parameter's integer.
    private static let delta: UInt64 = 1_000
}
