package import Federation

/// The coordinator's answer to a hospital before there is an agreement.
package enum EnrolmentReply: Hashable, Sendable {
    case state(EnrolmentState)
    case refusal(EnrolmentRefusal)
}

/// How far the federation has come.
package struct EnrolmentState: Hashable, Sendable {
    /// Hospitals that have not joined yet.
    package let awaited: [String]
    /// Canonical JSON of the draft or of the agreement in force; nil until all have joined.
    package let agreement: [UInt8]?
    package let signatures: [AgreementSignature]
    /// The coordinator's clock.
    package let instant: Instant

    package init(awaited: [String], agreement: [UInt8]?, signatures: [AgreementSignature], instant: Instant) {
        self.awaited = awaited
        self.agreement = agreement
        self.signatures = signatures
        self.instant = instant
    }
}
