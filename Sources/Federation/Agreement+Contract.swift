package import Ledger
import MultipartyEncryption
import RingArithmetic
import SecureAggregation

extension Agreement {
    /// What the contract must ask the lattice layer: all of it public, deterministic and integer.
    package var contractChecks: ContractChecks {
        get throws {
            let sharing = try sharing
            let encryption = encryption
            let deadlines = deadlines
            return ContractChecks(
                areAgreedDeadlines: { $0 == deadlines.instants(from: Instant(milliseconds: $1)) },
                isWellFormedRecipientKey: { MultipartyEncryption.isWellFormedRecipientKey($0) },
                saltedNonceShareMatches: { bytes, digest, context in
                    guard let share = try? SaltedNonceShare(bytes: bytes) else { return false }
                    return share.matches(
                        digest: digest, context: context.binding, dealer: context.dealer,
                        recipient: context.recipient)
                },
                dealtShareMatches: { bytes, commitment, context in
                    guard let share = try? DealtShare(bytes: bytes, parameters: encryption),
                        let promised = try? ShareCommitment(bytes: commitment), share.dealer == context.dealer,
                        share.recipient == context.recipient
                    else { return false }
                    return share.matches(promised, context: context.binding)
                },
                nonceMatches: { nonce, digest, context in
                    constantTimeEquals(context.dealing.nonceDigest(of: nonce), digest)
                },
                reconstructNonce: { shares in
                    let parsed = shares.compactMapValues { try? SaltedNonceShare(bytes: $0) }
                    guard parsed.count == shares.count else { return nil }
                    return MultipartyEncryption.reconstructNonce(parsed, sharing: sharing, parameters: encryption)
                })
        }
    }
}

extension ContractChecks.DealingContext {
    fileprivate var dealing: DealingContext {
        dealingContext(federation: federation, seed: roundSeed, dealer: dealer)
    }

    fileprivate var binding: [UInt8] { dealing.bytes }
}
