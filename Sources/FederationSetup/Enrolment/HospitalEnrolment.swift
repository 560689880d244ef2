package import Federation
import Ledger

/// A hospital's way into a federation: join, wait for the draft, check it, sign, wait for everybody's signature, keep
/// it. Begun anew at any point, it goes on where it was.
package struct HospitalEnrolment: Sendable {
    private let directory: HospitalDirectory
    /// Nil for a member of the federation before, whose key the coordinator knows.
    private let token: JoinToken?
    private let address: ServiceAddress
    private let coordinatorKey: [UInt8]
    private let link: any EnrolmentLink
    private let surroundings: Surroundings

    /// What the procedure needs of the world around it.
    package struct Surroundings: Sendable {
        /// Takes a line for whoever watches.
        package let report: @Sendable (String) -> Void
        /// Asked once for each draft that the hospital's limits allow.
        package let ask: @Sendable (SignedAgreement) async throws -> Consent
        package let pause: @Sendable (_ seconds: Int) async throws -> Void
        package let now: @Sendable () -> Instant

        package init(
            report: @escaping @Sendable (String) -> Void,
            ask: @escaping @Sendable (SignedAgreement) async throws -> Consent,
            pause: @escaping @Sendable (_ seconds: Int) async throws -> Void,
            now: @escaping @Sendable () -> Instant
        ) {
            self.report = report
            self.ask = ask
            self.pause = pause
            self.now = now
        }
    }

    /// How often the coordinator is asked for news.
    static let pollSeconds = 5
    /// Clocks further apart than this are told of.
    static let clockToleranceMilliseconds: UInt64 = 5000

    package init(
        directory: HospitalDirectory, token: JoinToken, link: any EnrolmentLink, surroundings: Surroundings
    ) {
        self.directory = directory
        self.token = token
        address = token.address
        coordinatorKey = token.coordinatorKey
        self.link = link
        self.surroundings = surroundings
    }

    /// The way of a member into the agreement that is to follow the one in force.
    init(
        renewing directory: HospitalDirectory, _ pin: HospitalDirectory.Pin, link: any EnrolmentLink,
        surroundings: Surroundings
    ) throws {
        self.directory = directory.renewing
        token = nil
        address = try pin.serviceAddress()
        coordinatorKey = pin.coordinatorKey
        self.link = link
        self.surroundings = surroundings
    }

    /// - Returns: the agreement in force; nil when whoever was asked wants to sign later.
    /// - Throws: `SetupError` with code `refused` for the coordinator's no or this hospital's own.
    package func run() async throws -> SignedAgreement? {
        guard let token else { return try await agree(beginningWith: .fetchAgreement) }
        let configuration = try directory.configuration()
        guard token.hospital == configuration.name else {
            throw SetupError(
                .usage,
                "the token is for \(token.hospital), and this hospital is named \(configuration.name) in "
                    + "\(directory.configurationPath)")
        }
        let site = try directory.site()
        try directory.pin(token)
        // An agreement that is whole here may lack this hospital's signature there: the last to sign may have died
        // before it said so. The coordinator is asked in any case.
        let request = JoinRequest(hospital: token.hospital, secret: token.secret, site: site)
        return try await agree(beginningWith: .join(request))
    }

    private func agree(beginningWith request: EnrolmentRequest) async throws -> SignedAgreement? {
        let configuration = try directory.configuration()
        let identity = try directory.identity()
        var state = try await ask(request, as: identity, configuration)
        if case .join = request { surroundings.report("joined as \(identity.name)") }
        tellOfClock(state)
        while true {
            let draft = try await awaitDraft(from: &state, as: identity, configuration)
            guard let signed = try await consent(to: draft, as: identity) else { return nil }
            guard let own = signed.signatures.first(where: { $0.publicKey == identity.publicKey }) else {
                throw SetupError(.malformed, "the agreement was kept without this hospital's signature; join again")
            }
            let sign = EnrolmentRequest.signAgreement(digest: signed.digest, signature: own.signature)
            do {
                state = try await ask(sign, as: identity, configuration)
            } catch let error as SetupError where error.code == .refused {
                // The draft may have changed meanwhile; then there is a new one to look at.
                state = try await ask(.fetchAgreement, as: identity, configuration)
                guard let other = state.agreement, other != signed.json else { throw error }
                continue
            }
            if let inForce = try await awaitSignatures(of: signed, from: &state, as: identity, configuration) {
                try directory.agreementFiles.write(inForce)
                return inForce
            }
            surroundings.report("the draft has changed")
        }
    }

    /// Waits until all have joined.
    private func awaitDraft(
        from state: inout EnrolmentState, as identity: Identity, _ configuration: HospitalConfiguration
    ) async throws -> SignedAgreement {
        var told: [String] = []
        while true {
            if let json = state.agreement {
                var signed = try SignedAgreement(canonicalJSON: json)
                for signature in state.signatures { try signed.add(signature) }
                return signed
            }
            if state.awaited != told {
                told = state.awaited
                surroundings.report("waiting for \(told.map(printable).joined(separator: ", ")) to join")
            }
            try await surroundings.pause(Self.pollSeconds)
            state = try await ask(.fetchAgreement, as: identity, configuration)
        }
    }

    /// The draft with this hospital's signature, durably kept; nil when it is to be signed later.
    private func consent(to draft: SignedAgreement, as identity: Identity) async throws -> SignedAgreement? {
        let objections = try directory.review(draft).objections
        guard objections.isEmpty else {
            let list = objections.map { "\n  - \($0.what): \($0.advice)" }.joined()
            throw SetupError(.refused, "this hospital does not sign the draft \(draft.digest.hex):\(list)")
        }
        if let kept = try directory.agreementFiles.read(), kept.digest == draft.digest,
            kept.isSigned(by: identity.publicKey)
        {
            return kept
        }
        try directory.agreementFiles.write(draft)
        switch try await surroundings.ask(draft) {
        case .sign: return try directory.sign(draft)
        case .later: return nil
        }
    }

    /// The agreement with every signature; nil when the draft has changed.
    private func awaitSignatures(
        of signed: SignedAgreement, from state: inout EnrolmentState, as identity: Identity,
        _ configuration: HospitalConfiguration
    ) async throws -> SignedAgreement? {
        var told: [String] = []
        while true {
            guard state.agreement == signed.json else { return nil }
            var current = signed
            for signature in state.signatures { try current.add(signature) }
            if current.isInForce { return current }
            if current.missing != told {
                told = current.missing
                surroundings.report("waiting for the signature of \(told.joined(separator: ", "))")
            }
            try await surroundings.pause(Self.pollSeconds)
            state = try await ask(.fetchAgreement, as: identity, configuration)
        }
    }

    /// Sends a request until it is answered.
    private func ask(
        _ request: EnrolmentRequest, as identity: Identity, _ configuration: HospitalConfiguration
    ) async throws -> EnrolmentState {
        let signed = try SignedEnrolmentRequest(request, to: coordinatorKey, by: identity)
        var seconds = 1
        while true {
            do {
                switch try await link.send(signed) {
                case .state(let state): return state
                case .refusal(let refusal):
                    throw SetupError(
                        .refused, "the coordinator says no (\(refusal.code.rawValue)): \(printable(refusal.message))")
                }
            } catch let error as SetupError {
                throw error
            } catch let error as CancellationError {
                throw error
            } catch {
                surroundings.report(
                    "\(address) does not answer (\(printable("\(error)"))); trying again in \(seconds) s")
            }
            try await surroundings.pause(seconds)
            seconds = min(seconds * 2, configuration.retrySecondsMax)
        }
    }

    private func tellOfClock(_ state: EnrolmentState) {
        let own = surroundings.now().milliseconds
        let theirs = state.instant.milliseconds
        let apart = own > theirs ? own - theirs : theirs - own
        guard apart > Self.clockToleranceMilliseconds else { return }
        surroundings.report(
            "this machine's clock and the coordinator's are \(apart / 1000) s apart: let both follow a time server")
    }
}
