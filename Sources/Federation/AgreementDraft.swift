package import HomomorphicEncryption
import Ledger

/// What hospitals would agree on: who opens, how updates are encrypted, what a round costs in bytes.
package struct AgreementDraft: Sendable {
    package let promises: FederationPromises
    package let encryption: EncryptionParameters
    package let traffic: RoundTraffic

    /// - Parameters:
    ///   - threshold: `t`; nil for `⌊(n+c)/2⌋ + 1`.
    ///   - corruptible: `c`; nil for `⌊(n−1)/3⌋`.
    /// - Throws: `FederationError(.agreement)` when n, t and c do not fit together, `EncryptionError` when no plan
    ///   fits.
    package init(_ wish: EncryptionWish, threshold: Int? = nil, corruptible: Int? = nil) throws {
        let corruptible = corruptible ?? Agreement.defaultCorruptible(members: wish.members)
        let threshold = threshold ?? Agreement.defaultThreshold(members: wish.members, corruptible: corruptible)
        promises = try FederationPromises(members: wish.members, threshold: threshold, corruptible: corruptible)
        encryption = try wish.plan(within: Self.messageLimit)
        traffic = RoundTraffic(parameters: encryption, threshold: threshold, corruptible: corruptible)
    }

    /// The nearest wish whose plan fits, its messages included.
    package static func nearest(to wish: EncryptionWish) -> NearestPlan? { wish.nearest(within: messageLimit) }

    /// Why a round of such a plan cannot travel; nil when it can. Counted with the most answers to the opening of the
    /// sum, from everybody.
    private static func messageLimit(_ parameters: EncryptionParameters) -> String? {
        guard (3...Limits.membersMax).contains(parameters.members) else {
            return "a federation needs 3 to \(Limits.membersMax) hospitals, this one has \(parameters.members)"
        }
        guard parameters.blocks <= LedgerLimits.blocks else {
            return "an update of \(parameters.blocks) blocks exceeds the ledger's \(LedgerLimits.blocks)"
        }
        guard parameters.blockBytes <= Limits.chunkBytesMax else {
            return "a block of \(parameters.blockBytes) bytes is no chunk: those have \(Limits.chunkBytesMax) at most"
        }
        let largest = RoundMessages(parameters: parameters, threshold: parameters.members).largestEnvelope
        guard largest <= Limits.envelopeBytesMax else {
            return "the largest message of a round would have \(largest) bytes, and \(Limits.envelopeBytesMax) travel "
                + "at most"
        }
        return nil
    }
}
