import Federation
package import FederationSetup
package import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
package import Ledger
import Logging
package import Operations
import SwiftProtobuf
import Synchronization

/// The coordinator's desk at the network: hospitals join, fetch the draft and sign.
package final class EnrolmentService: Cordon_V1_Enrolment.SimpleServiceProtocol {
    private let desk: Mutex<EnrolmentDesk>
    private let log: OperationalLog
    private let now: @Sendable () -> Date
    /// Told once every signature is there.
    private let whenInForce: @Sendable (SignedAgreement) -> Void

    package init(
        desk: EnrolmentDesk, log: OperationalLog, now: @escaping @Sendable () -> Date,
        whenInForce: @escaping @Sendable (SignedAgreement) -> Void
    ) {
        self.desk = Mutex(desk)
        self.log = log
        self.now = now
        self.whenInForce = whenInForce
    }

    func join(request: Cordon_V1_EnrolmentRequest, context: ServerContext) async throws -> Cordon_V1_EnrolmentReply {
        try answer(request, context)
    }

    func fetchAgreement(
        request: Cordon_V1_EnrolmentRequest, context: ServerContext
    ) async throws -> Cordon_V1_EnrolmentReply {
        try answer(request, context)
    }

    func signAgreement(
        request: Cordon_V1_EnrolmentRequest, context: ServerContext
    ) async throws -> Cordon_V1_EnrolmentReply {
        try answer(request, context)
    }

    /// One request at a time; what it changes is on the disk before the answer goes out.
    private func answer(
        _ request: Cordon_V1_EnrolmentRequest, _ context: ServerContext
    ) throws -> Cordon_V1_EnrolmentReply {
        let signed = SignedEnrolmentRequest(
            content: [UInt8](request.content), publicKey: [UInt8](request.publicKey),
            signature: [UInt8](request.signature))
        let instant = Instant(milliseconds: UInt64(max(0, now().timeIntervalSince1970 * 1000)))
        do {
            let (reply, inForce) = try desk.withLock { desk in
                (try desk.receive(signed, at: instant), desk.agreementInForce)
            }
            if case .refusal(let refusal) = reply {
                log.log(
                    .warning, "enrolment refused",
                    [
                        ("peer", .address(context.remotePeer)), ("code", .code(refusal.code)),
                        ("reason", .reason(SetupError(.refused, refusal.message))),
                    ])
            }
            if let inForce { whenInForce(inForce) }
            return Cordon_V1_EnrolmentReply(reply)
        } catch {
            log.log(.error, "enrolment failed", [("reason", .reason(error))])
            throw RPCError(code: .internalError, message: "the coordinator cannot answer; its log says why")
        }
    }
}

/// A hospital's way to the desk: dials anew for each request, and accepts only the key that its token names.
package struct EnrolmentDialler: EnrolmentLink {
    private let address: ServiceAddress
    private let coordinatorKey: [UInt8]
    private let identity: Identity
    private let settings: TransportSettings
    private let now: @Sendable () -> Date

    package init(
        address: ServiceAddress, coordinatorKey: [UInt8], identity: Identity, settings: TransportSettings,
        now: @escaping @Sendable () -> Date
    ) {
        self.address = address
        self.coordinatorKey = coordinatorKey
        self.identity = identity
        self.settings = settings
        self.now = now
    }

    package func send(_ request: SignedEnrolmentRequest) async throws -> EnrolmentReply {
        let verification = PeerVerification(expecting: coordinatorKey, now: now)
        let message = Cordon_V1_EnrolmentRequest.with {
            $0.content = Data(request.content)
            $0.publicKey = Data(request.publicKey)
            $0.signature = Data(request.signature)
        }
        do {
            let transport = try HTTP2ClientTransport.Posix(
                toward: address.host, address.port, showing: PeerCertificate(issuedBy: identity, now: now()),
                verifying: verification, settings)
            let reply = try await withGRPCClient(transport: transport) { client in
                let enrolment = Cordon_V1_Enrolment.Client(wrapping: client)
                var options = CallOptions.defaults
                options.timeout = .seconds(settings.stallSeconds)
                // Every request says itself what it is; the method is for whoever reads a trace.
                return try await enrolment.fetchAgreement(message, options: options)
            }
            return try EnrolmentReply(reply)
        } catch {
            if let refusal = verification.takeRefusal() { throw SetupError(.refused, refusal.message) }
            if let error = error as? SetupError { throw error }
            throw ServiceError(describing: error, host: address.host, port: address.port)
        }
    }
}

extension Cordon_V1_EnrolmentReply {
    fileprivate init(_ reply: EnrolmentReply) {
        self = .with {
            switch reply {
            case .state(let state):
                $0.state = .with {
                    $0.awaited = state.awaited
                    $0.agreement = Data(state.agreement ?? [])
                    $0.signatures = state.signatures.map { signature in
                        .with {
                            $0.publicKey = Data(signature.publicKey)
                            $0.signature = Data(signature.signature)
                        }
                    }
                    $0.instantMilliseconds = state.instant.milliseconds
                }
            case .refusal(let refusal):
                $0.refusal = .with {
                    $0.code = refusal.code.rawValue
                    $0.message = refusal.message
                }
            }
        }
    }
}

extension EnrolmentReply {
    /// - Throws: `SetupError(.malformed)` for an answer of another version.
    fileprivate init(_ reply: Cordon_V1_EnrolmentReply) throws {
        switch reply.answer {
        case .state(let state):
            self = .state(
                EnrolmentState(
                    awaited: state.awaited, agreement: state.agreement.isEmpty ? nil : [UInt8](state.agreement),
                    signatures: state.signatures.map {
                        AgreementSignature(publicKey: [UInt8]($0.publicKey), signature: [UInt8]($0.signature))
                    }, instant: Instant(milliseconds: state.instantMilliseconds)))
        case .refusal(let refusal):
            guard let code = EnrolmentRefusal.Code(rawValue: refusal.code) else {
                throw SetupError(.malformed, "the coordinator refuses (\(refusal.code)): \(refusal.message)")
            }
            self = .refusal(EnrolmentRefusal(code, refusal.message))
        case nil:
            throw SetupError(.malformed, "the coordinator's answer cannot be read; use the same version of Cordon")
        }
    }
}
