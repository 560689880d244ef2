import Federation
import Ledger
import SecureAggregation

/// Invariant 4: a round's polynomials and one-time keys serve one contribution, and a contribution serves one round.
struct SecondUseChecker: SwarmChecker {
    static let invariant = "no second use"

    private struct Slot: Hashable {
        let member: Int
        let round: UInt32
        let part: String
    }

    private var first: [Slot: Digest] = [:]
    /// The round in which a ciphertext, a nonce or an update was used.
    private var roundOf: [Digest: UInt32] = [:]

    mutating func observe(_ observation: SwarmObservation) -> String? {
        switch observation {
        case .trained(let member, _, _, let prepared):
            let nonce = Digest.of(prepared.secrets.dealing.nonce, domain: "cordon/swarm/nonce/v1")
            return once(nonce, in: prepared.contribution.commitment.round, "randomness", member)
        case .said(.hospital(let member), let envelope, let message, _):
            switch message {
            case .upload(let round, _): return use(envelope.digest, Slot(member: member, round: round, part: "upload"))
            case .sealedShare(let round, let share):
                return use(envelope.digest, Slot(member: member, round: round, part: "share for \(share.recipient)"))
            case .submit(.commit(let commitment), _):
                let round = commitment.round
                return use(envelope.digest, Slot(member: member, round: round, part: "commitment"))
                    ?? once(commitment.ciphertextRoot, in: round, "ciphertext", member)
                    ?? once(Digest.of(commitment.nonceDigest, domain: "cordon/swarm/v1"), in: round, "nonce", member)
            default: return nil
            }
        case .hospital(let member, .persist(.contributed(let round, let update, _, _)), _):
            return once(update, in: round, "update", member)
        default: return nil
        }
    }

    private mutating func use(_ digest: Digest, _ slot: Slot) -> String? {
        let known = first[slot] ?? digest
        first[slot] = known
        return known == digest
            ? nil : "hospital-\(slot.member) sent two different bytes as its \(slot.part) in round \(slot.round)"
    }

    private mutating func once(_ digest: Digest, in round: UInt32, _ what: String, _ member: Int) -> String? {
        let known = roundOf[digest] ?? round
        roundOf[digest] = known
        return known == round ? nil : "hospital-\(member) used its \(what) of round \(known) again in round \(round)"
    }
}
