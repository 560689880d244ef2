import Federation
import FederationFixtures
import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Glibc
import Ledger
import SwiftProtobuf
import Synchronization
import Testing

@testable import FederationService

/// Whoever misbehaves at the coordinator's port is refused with a reason, and the others come to their end.
@Suite("Hostile clients", .serialized)
struct HostileClientTests {
    private typealias Client = Cordon_V1_Federation.Client<HTTP2ClientTransport.Posix>

    /// Calls the coordinator under an identity of the test's choosing.
    private static func call<Result: Sendable>(
        _ federation: LoopbackFederation, as identity: Identity,
        _ body: @Sendable @escaping (Client) async throws -> Result
    ) async throws -> Result {
        let transport = try HTTP2ClientTransport.Posix(
            toward: "127.0.0.1", try await federation.boundPort(),
            showing: PeerCertificate(issuedBy: identity, now: Date()),
            verifying: PeerVerification(
                expecting: federation.given.coordinatorIdentity.publicKey, now: { Date() }), federation.settings)
        return try await withGRPCClient(transport: transport) { try await body(Client(wrapping: $0)) }
    }

    /// Sends frames and returns why the stream ended; nil when the coordinator ended it without an error.
    private static func exchange(
        _ federation: LoopbackFederation, as identity: Identity, _ frames: [Cordon_V1_Frame]
    ) async throws -> RPCError? {
        try await call(federation, as: identity) { client in
            let request = StreamingClientRequest(of: Cordon_V1_Frame.self) { writer in
                for frame in frames { try await writer.write(frame) }
            }
            do {
                try await client.exchange(request: request) { response in
                    for try await _ in response.messages {}
                }
                return nil
            } catch let error as RPCError {
                return error
            }
        }
    }

    private static func stranger() throws -> Identity {
        try Identity(seed: [UInt8](repeating: 77, count: 32), name: "stranger")
    }

    private static func frame(_ bytes: [UInt8]) -> Cordon_V1_Frame { .with { $0.envelope = Data(bytes) } }

    /// Everything at once, while an honest federation runs at the same port.
    @Test(.timeLimit(.minutes(5)))
    func theOthersComeToTheirEnd() async throws {
        let federation = try LoopbackFederation()
        try await federation.run { federation in
            let given = federation.given
            let member = given.identities[0]

            // A stranger, with a certificate of its own making.
            let unknown = try await Self.exchange(federation, as: Self.stranger(), [Self.frame([1, 2, 3])])
            #expect(unknown?.code == .permissionDenied)
            #expect(unknown?.message.contains("is no member of test") == true)

            // A member that speaks for another, with the other's valid signature: an envelope it has seen.
            let others = try given.envelope(.have(records: 1), from: .member(1))
            let forged = try await Self.exchange(federation, as: member, [Self.frame(others.bytes)])
            #expect(forged?.code == .permissionDenied)
            #expect(forged?.message.contains("speaks for somebody else") == true)

            // Bytes that are no envelope, an envelope whose signature does not verify, a frame of the wrong kind.
            let malformed = try await Self.exchange(federation, as: member, [Self.frame([0xFF, 0, 1])])
            #expect(malformed?.code == .permissionDenied)
            var broken = try given.envelope(.have(records: 1), from: .member(0)).bytes
            broken[broken.count - 1] ^= 1
            let unsigned = try await Self.exchange(federation, as: member, [Self.frame(broken)])
            #expect(unsigned?.message.contains("does not verify") == true)
            let wrongKind = try await Self.exchange(
                federation, as: member, [.with { $0.wanted = .with { $0.names = [Data(count: 32)] } }])
            #expect(wrongKind?.message.contains("envelopes, nothing else") == true)

            // More than an envelope may have.
            let oversized = try await Self.exchange(
                federation, as: member, [Self.frame([UInt8](repeating: 0, count: Limits.envelopeBytesMax + 4096))])
            #expect(oversized != nil)

            // A chunk that nobody asked for, and more names than may be asked for.
            let unwanted = await #expect(throws: RPCError.self) {
                try await Self.call(federation, as: member) { client in
                    let request = StreamingClientRequest(of: Cordon_V1_Chunk.self) { writer in
                        try await writer.write(.with { $0.content = Data([1, 2, 3]) })
                    }
                    _ = try await client.bring(request: request) { try $0.message }
                }
            }
            #expect(unwanted?.message.contains("nobody asked") == true)
            let greedy = await #expect(throws: RPCError.self) {
                try await Self.call(federation, as: member) { client in
                    try await client.fetch(
                        .with { $0.names = Array(repeating: Data(count: 32), count: 1000) }
                    ) { response in for try await _ in response.messages {} }
                }
            }
            #expect(greedy?.message.contains("may be") == true)
        }
        #expect(federation.finalModels.count == 1)
        let refused = federation.lines.withLock { $0.filter { $0.contains("peer refused") } }
        #expect(refused.count >= 7, "each refusal is in the log with its reason")
    }

    /// The same true message thousands of times changes nothing, and costs no memory.
    @Test(.timeLimit(.minutes(5)))
    func replayedMessagesChangeNothing() async throws {
        let federation = try LoopbackFederation()
        try await federation.run { federation in
            let frame = Self.frame(try federation.given.envelope(.have(records: 1), from: .member(2)).bytes)
            let before = residentKilobytes()
            for _ in 0..<5 {
                let ended = try await Self.exchange(
                    federation, as: federation.given.identities[2], Array(repeating: frame, count: 400))
                #expect(ended == nil)
            }
            #expect(residentKilobytes() - before < 150_000)
        }
        #expect(federation.finalModels.count == 1)
    }

    /// Connections that say nothing, or garbage, are closed in time and keep nobody out.
    @Test(.timeLimit(.minutes(5)))
    func slowConnectionsAreClosed() async throws {
        let federation = try LoopbackFederation()
        let coordinator = Task { try await federation.runCoordinator() }
        let port = try await federation.boundPort()
        let silent = (0..<100).map { _ in connectedSocket(port) }
        let noisy = connectedSocket(port)
        #expect(!silent.contains { $0 < 0 } && noisy >= 0)
        _ = "GET / HTTP/1.1\r\n\r\n".withCString { send(noisy, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
        try await Task.sleep(for: .seconds(Int(TransportSettings.handshakeSeconds) + 3))
        // A closed connection reads its end, or an error; an open one has nothing to read yet.
        for descriptor in silent + [noisy] {
            var byte: UInt8 = 0
            #expect(recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT)) >= 0 || errno != EAGAIN)
            close(descriptor)
        }
        #expect(federation.lines.withLock { $0.count { $0.contains("no TLS handshake in time") } } == 100)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for member in federation.given.identities.indices {
                group.addTask { try await federation.runHospital(member) }
            }
            try await group.waitForAll()
        }
        try await coordinator.value
        #expect(federation.finalModels.count == 1)
    }

    /// A hospital that is told another coordinator's key talks to nobody else.
    @Test(.timeLimit(.minutes(1)))
    func anotherCoordinatorIsRefused() async throws {
        let federation = try LoopbackFederation()
        let coordinator = Task { try await federation.runCoordinator() }
        let verification = PeerVerification(expecting: try Self.stranger().publicKey, now: { Date() })
        let transport = try HTTP2ClientTransport.Posix(
            toward: "127.0.0.1", try await federation.boundPort(),
            showing: PeerCertificate(issuedBy: federation.given.identities[0], now: Date()), verifying: verification,
            federation.settings)
        await #expect(throws: RPCError.self) {
            try await withGRPCClient(transport: transport) { client in
                _ = try await Client(wrapping: client).bring(
                    request: StreamingClientRequest(of: Cordon_V1_Chunk.self) { _ in }
                ) { try $0.message }
            }
        }
        #expect(verification.takeRefusal()?.message.contains("another identity") == true)
        coordinator.cancel()
        _ = try? await coordinator.value
    }
}

private func residentKilobytes() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
}

/// A TCP connection to the port; negative where there is none.
private func connectedSocket(_ port: Int) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    return result == 0 ? descriptor : -1
}
