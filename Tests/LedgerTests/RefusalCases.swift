import Ledger
import Testing

/// One way to break one rule.
struct RefusalCase: Sendable, CustomTestStringConvertible {
    let code: RefusalCode
    let prepare: @Sendable () throws -> TestFederation
    let attempt: @Sendable (inout TestFederation) throws -> Void

    var testDescription: String { code.rawValue }

    init(
        _ code: RefusalCode, _ prepare: @escaping @Sendable () throws -> TestFederation,
        _ attempt: @escaping @Sendable (inout TestFederation) throws -> Void
    ) {
        self.code = code
        self.prepare = prepare
        self.attempt = attempt
    }

    /// The attempt comes when the round is in this phase.
    init(
        _ code: RefusalCode, in phase: RoundPhase, _ attempt: @escaping @Sendable (inout TestFederation) throws -> Void
    ) {
        self.init(
            code,
            {
                var federation = try TestFederation()
                try federation.advance(to: phase)
                return federation
            }, attempt)
    }

    /// The foundation itself is refused.
    init(
        _ code: RefusalCode, founding members: Int = 5,
        _ edit: @escaping @Sendable (FederationFoundation) -> FederationFoundation
    ) {
        self.init(
            code, { try TestFederation(members: members, founded: false, edit: edit) },
            { try $0.post(.coordinator, .foundation($0.foundation)) })
    }
}

extension FederationFoundation {
    func with(
        name: String? = nil, members: [Member]? = nil, threshold: Int? = nil, corruptible: Int? = nil,
        blockCount: UInt32? = nil
    ) -> FederationFoundation {
        FederationFoundation(
            name: name ?? self.name, agreementDigest: agreementDigest, coordinatorKey: coordinatorKey,
            members: members ?? self.members, threshold: threshold ?? self.threshold,
            corruptible: corruptible ?? self.corruptible, recipientKeyBytes: recipientKeyBytes,
            blockCount: blockCount ?? self.blockCount, epsilonBudgetMicros: epsilonBudgetMicros,
            deltaExponent: deltaExponent, initialModel: initialModel, maximumRounds: maximumRounds)
    }
}

extension Commitment {
    func with(
        federation: Digest? = nil, ciphertextRoot: Digest? = nil, blockCount: UInt32? = nil,
        shareCommitments: [[UInt8]]? = nil, nonceDigest: [UInt8]? = nil, spend: PrivacySpend? = nil
    ) -> Commitment {
        Commitment(
            federation: federation ?? self.federation, round: round,
            ciphertextRoot: ciphertextRoot ?? self.ciphertextRoot, blockCount: blockCount ?? self.blockCount,
            shareCommitments: shareCommitments ?? self.shareCommitments, nonceDigest: nonceDigest ?? self.nonceDigest,
            spend: spend ?? self.spend)
    }
}
