/// One code a rule of the contract. The strings are stable: other implementations of the contract must match them.
package enum RefusalCode: String, Hashable, Sendable, Codable, CaseIterable {
    // Any entry
    case malformedEntry, wrongIndex, timeRunsBackwards, notFounded, alreadyFounded, unknownAuthor, wrongAuthor
    case invalidSignature, noOpenRound, wrongRound, wrongPhase, pastDeadline, tooEarly, unknownMember
    // Foundation
    case tooFewMembers, invalidName, invalidPublicKey, duplicateKey, thresholdTooSmall
    case thresholdUnreachable, invalidLimits
    // Recipient keys
    case recipientKeyGap, recipientKeyEmptyBatch, recipientKeyMalformed, recipientKeyReused
    // Open
    case roundStillOpen, wrongParent, deadlinesNotIncreasing, deadlinesNotAgreed, tooFewRecipientKeys, roundsExhausted
    // Commit
    case wrongFederation, noRecipientKey, alreadyCommitted, wrongBlockCount, malformedShareCommitments
    case malformedNonceDigest, ciphertextReused, nonceReused, spendInvalid, overBudget
    // Close, reveal, complaint, justification, nonce opening, beacon
    case tooFewCommitments, notACandidate, alreadyRevealed, nonceMismatch, selfComplaint, alreadyComplained
    case noSuchComplaint, alreadyJustified, shareMismatch, tooManyPublishedShares, nonceAlreadyKnown
    case tooFewNonceShares, duplicateNonceShare, nonceShareMismatch, nonceMissing, tooFewReveals
    // Sketch, contest, verdict
    case secondSketch, invalidDealers, selfContest, alreadyContested, secondVerdict, verdictNotPartition
    case unknownExclusionReason, inconsistentDealerAccepted, tooFewAccepted, verdictPosition
    case invalidVerdictSignature, tooFewVerdictSignatures
    // Sum, report, vote, publish
    case secondSum, malformedReport, notAChecker, alreadyReported, alreadyVoted, reportsIncomplete
    case candidateMismatch, quorumMissing
    // Endings
    case abandonAfterSum, abandonUnfounded, rollbackBeforeSum, rollbackUnfounded, wrongAccused
}
