/// Everything has a limit (invariant 7). A message beyond one of these is refused before it is parsed.
package enum Limits {
    /// Members of one federation.
    package static let membersMax = 200
    /// Bytes of one envelope on the wire: the openings among 200 hospitals fit.
    package static let envelopeBytesMax = 64 << 20
    /// Ledger records carried by one message.
    package static let recordsPerMessageMax = 1024
    /// Elements of one list in a message, names of chunks included: as many as an update may have blocks.
    package static let listElementsMax = 1 << 16
    /// Parameters of a model in what a role keeps for itself. No message holds a model.
    package static let parametersMax = 1 << 31
    /// Bytes of one chunk, the unit in which ciphertexts and models travel.
    package static let chunkBytesMax = 1 << 20
    /// Unacknowledged messages a role keeps for one peer; a peer further behind is served from the ledger.
    package static let outboxMessagesMax = 4096
    /// Subsets of answers tried when answers to the sum opening disagree: all of them up to n = 18.
    package static let sumSubsetsMax = 50_000
    /// One-time recipient keys posted in one ledger entry.
    package static let recipientKeysPerEntryMax = 512
}
