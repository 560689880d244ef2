/// What can happen to a hospital. Slow work comes back as an event, so the machine never waits.
package enum HospitalEvent: Sendable {
    case started
    case received(Verified<Message>)
    case woke
    /// Local training and encryption ended; the journey's result or why there is none.
    case contributed(round: UInt32, Result<PreparedContribution, FederationError>)
    case answered(OpeningAnswers)
    /// The helpers whose answers about this hospital's own shares are false.
    case inspected(round: UInt32, falseHelpers: [Int])
    case judged(round: UInt32, Judgement?)
    case checked(SumCheck)
    case validated(round: UInt32, approved: Bool)
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
