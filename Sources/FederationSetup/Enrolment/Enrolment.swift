package import Federation
package import Ledger
import ModelTraining

/// The coordinator's half of joining, without files or network: a request in, an answer and a new registry out.
package struct Enrolment: Sendable {
    package private(set) var registry: EnrolmentRegistry
    /// The agreement once every signature is there; never another afterwards.
    package private(set) var inForce: SignedAgreement?

    private let plan: AgreementPlan
    private let hospitals: [String]
    private let coordinator: Identity
    /// The agreement of the present members: a draft takes a while to plan.
    private var draft: (members: [Agreement.Member], agreement: SignedAgreement)?

    /// - Parameters:
    ///   - hospitals: names in the order of the agreement.
    ///   - inForce: the agreement that is in force already.
    package init(
        plan: AgreementPlan, hospitals: [String], coordinator: Identity, registry: EnrolmentRegistry,
        inForce: SignedAgreement? = nil
    ) {
        self.plan = plan
        self.hospitals = hospitals
        self.coordinator = coordinator
        self.registry = registry
        self.inForce = inForce
    }

    private var site: SitePipeline {
        SitePipeline(preprocessing: plan.pipeline.preprocessing, classes: plan.pipeline.classes)
    }

    /// Another process may have changed the registry: begin from what it is now.
    mutating func resume(with registry: EnrolmentRegistry, inForce: SignedAgreement?) {
        self.registry = registry
        self.inForce = inForce
    }

    /// Hospitals that have not joined.
    package var awaited: [String] { hospitals.filter { registry.members[$0] == nil } }

    /// Answers one request. What changed must be durable before the answer is sent.
    ///
    /// - Throws: `FederationError`, `EncryptionError` for a plan of which no agreement can be made.
    package mutating func receive(_ signed: SignedEnrolmentRequest, at now: Instant) throws -> EnrolmentReply {
        do {
            let request = try signed.opened(by: coordinator.publicKey)
            switch request {
            case .join(let request): try join(request, from: signed.publicKey, at: now)
            case .fetchAgreement: try requireMember(signed.publicKey)
            case .signAgreement(let digest, let signature):
                try requireMember(signed.publicKey)
                try sign(digest, AgreementSignature(publicKey: signed.publicKey, signature: signature))
            }
            return .state(try state(at: now))
        } catch let refusal as EnrolmentRefusal {
            return .refusal(refusal)
        }
    }

    private mutating func join(_ request: JoinRequest, from publicKey: [UInt8], at now: Instant) throws {
        if let inForce {
            guard inForce.agreement.members.contains(.init(name: request.hospital, publicKey: publicKey)) else {
                throw EnrolmentRefusal(
                    .closed, "the agreement is in force, and this identity is no party to it under this name")
            }
            return
        }
        guard hospitals.contains(request.hospital) else {
            throw EnrolmentRefusal(
                .unknownName, "no hospital of this name was invited; ask the coordinator for a token")
        }
        guard publicKey != coordinator.publicKey else {
            throw EnrolmentRefusal(.identityTaken, "this is the coordinator's own identity")
        }
        switch registry.decide(on: request, from: publicKey, at: now, expecting: site) {
        case .accepted: registry.admit(request.hospital, publicKey: publicKey, at: now)
        case .repeated: break
        case .refused(let refusal): throw refusal
        }
    }

    private func requireMember(_ publicKey: [UInt8]) throws {
        let isMember =
            inForce.map { $0.agreement.members.contains { $0.publicKey == publicKey } }
            ?? hospitals.contains { registry.members[$0]?.publicKey == publicKey }
        guard isMember else {
            throw EnrolmentRefusal(.notJoined, "this identity has not joined; use the token first")
        }
    }

    private mutating func sign(_ digest: Digest, _ signature: AgreementSignature) throws {
        guard let signed = try inForce ?? currentDraft(), signed.digest == digest else {
            throw EnrolmentRefusal(
                .otherAgreement, "the draft has changed since it was shown; look at the new one and sign that")
        }
        guard signature.isValid(for: digest) else {
            throw EnrolmentRefusal(.badSignature, "the signature is not one of this agreement by this identity")
        }
        guard inForce == nil else { return }
        registry.keep(signature, of: digest)
    }

    private mutating func state(at now: Instant) throws -> EnrolmentState {
        let signed = try inForce ?? currentDraft()
        if let signed, signed.isInForce { inForce = signed }
        return EnrolmentState(
            awaited: inForce == nil ? awaited : [], agreement: signed?.json, signatures: signed?.signatures ?? [],
            instant: now)
    }

    /// The draft with its signatures; nil until all have joined.
    package mutating func currentDraft() throws -> SignedAgreement? {
        let members = hospitals.compactMap { name in
            registry.members[name].map { Agreement.Member(name: name, publicKey: $0.publicKey) }
        }
        guard members.count == hospitals.count else { return nil }
        if draft?.members != members {
            let agreement = try plan.agreement(members: members, coordinatorKey: coordinator.publicKey)
            var signed = try SignedAgreement(agreement)
            try signed.add(AgreementSignature(of: signed.digest, by: coordinator))
            draft = (members, signed)
        }
        guard var signed = draft?.agreement else { return nil }
        for signature in registry.signatures(of: signed.digest) { try signed.add(signature) }
        return signed
    }
}
