package import Ledger
package import PoisoningDefence

/// What can happen to a hospital. Slow work comes back as an event, so the machine never waits.
package enum HospitalEvent: Sendable {
    case started
    case received(Verified<Message>)
    case woke
    /// These chunks are here, durably, and have the digests that are their names.
    case fetched([Digest])
    /// Local training and encryption ended; the journey's result or why there is none.
    case contributed(round: UInt32, Result<PreparedContribution, FederationError>)
    case answered(OpeningAnswers)
    /// The helpers whose answers about this hospital's own shares are false.
    case inspected(round: UInt32, falseHelpers: [Int])
    case judged(round: UInt32, Judgement?)
    case checked(SumCheck)
    case validated(round: UInt32, approved: Bool)
    case assembled(model: Digest, Result<[Float], FederationError>)
    /// What the verdict names as the suspicion of the rounds so far.
    case recalled(name: Digest, Result<TriggerSuspicion, FederationError>)
    /// Slow work for a round could not be done, for want of a chunk that was here.
    case failed(round: UInt32, FederationError)
}

/// A contribution ready to be sent, with what stays at home.
package struct PreparedContribution: Sendable {
    package let contribution: Contribution
    package let secrets: RoundSecrets
    package let account: PrivacyAccount

    package init(contribution: Contribution, secrets: RoundSecrets, account: PrivacyAccount) {
        self.contribution = contribution
        self.secrets = secrets
        self.account = account
    }
}
