/// Whose cosignatures make a checkpoint one that no other can stand beside.
package struct WitnessPolicy: Hashable, Sendable {
    package let witnesses: [VerifierKey]
    package let quorum: Int
    /// Most witnesses that may lie, in league with the sequencer.
    package let corruptible: Int

    /// - Throws: `LedgerError` `.invalidKey` for keys that repeat or are no cosignature keys, and for a quorum by which
    ///   two histories could both be cosigned: of two sets of `quorum` witnesses, more than `corruptible` must be in
    ///   both, which is `quorum > (n + c) / 2`.
    package init(witnesses: [VerifierKey], quorum: Int, corruptible: Int) throws(LedgerError) {
        let isDistinct = Set(witnesses.map(\.publicKey)).count == witnesses.count
        guard isDistinct, witnesses.allSatisfy({ $0.algorithm == .cosignature }) else {
            throw LedgerError(.invalidKey, "witnesses need distinct keys, each for cosignatures (algorithm 4)")
        }
        guard corruptible >= 0, 2 * quorum > witnesses.count + corruptible, quorum <= witnesses.count else {
            throw LedgerError(
                .invalidKey,
                "a quorum of \(quorum) of \(witnesses.count) witnesses, \(corruptible) of whom may lie, does not rule "
                    + "out a fork: it must exceed (\(witnesses.count) + \(corruptible)) / 2, and can be no more than "
                    + "\(witnesses.count)")
        }
        self.witnesses = witnesses
        self.quorum = quorum
        self.corruptible = corruptible
    }

    /// The hospitals of a federation as its witnesses, with the threshold of its agreement, which exceeds (n + c) / 2.
    package init(foundation: FederationFoundation) throws(LedgerError) {
        var keys: [VerifierKey] = []
        for member in foundation.members {
            keys.append(try VerifierKey(name: member.name, algorithm: .cosignature, publicKey: member.publicKey))
        }
        try self.init(witnesses: keys, quorum: foundation.threshold, corruptible: foundation.corruptible)
    }

    /// Names of the witnesses whose cosignature `note` bears, in the policy's order.
    package func cosigners(of note: SignedNote) -> [String] {
        witnesses.filter { note.cosignatureTime(by: $0) != nil }.map(\.name)
    }

    /// Whether enough witnesses vouch for `note` that no other history can have as many.
    package func isSatisfied(by note: SignedNote) -> Bool { cosigners(of: note).count >= quorum }
}
