/// Everything has a limit (invariant 7). A message beyond one of these is refused before it is parsed.
package enum Limits {
    /// Members of one federation.
    package static let membersMax = 200
    /// Bytes of one envelope on the wire: an update of 12 million parameters fits.
    package static let envelopeBytesMax = 64 << 20
    /// Ledger records carried by one message.
    package static let recordsPerMessageMax = 1024
    /// Elements of one list in a message: a model of 12 million parameters fits.
    package static let listElementsMax = 1 << 24
    /// Unacknowledged messages a role keeps for one peer; a peer further behind is served from the ledger.
    package static let outboxMessagesMax = 4096
    /// Subsets of answers tried when answers to the sum opening disagree: all of them up to n = 18.
    package static let sumSubsetsMax = 50_000
    /// One-time recipient keys posted in one ledger entry.
    package static let recipientKeysPerEntryMax = 512
    /// Bytes that a chunk's evidence adds to the chunk, at most: three numbers and a path of 16 digests.
    package static let evidenceOverheadMax = 1024

    /// Blocks whose chunks of all contributors travel in one message to a checker: half an envelope full.
    package static func blocksPerMessage(contributors: Int, blockBytes: Int) -> Int {
        max(1, envelopeBytesMax / 2 / max(1, contributors * (blockBytes + evidenceOverheadMax)))
    }
}
