/// What the ledger's encodings never exceed, so that a malformed length cannot exhaust memory.
package enum LedgerLimits {
    package static let members = 255
    package static let blocks = 1 << 16
    package static let recipientKeysPerEntry = 1024
    package static let recipientKeyBytes = 1 << 13
    package static let shareBytes = 1 << 20
    package static let nonceBytes = 64
    package static let payloadBytes = 1 << 24
    package static let shareCommitmentBytes = 96
    package static let detailsPerExclusion = 16
}
