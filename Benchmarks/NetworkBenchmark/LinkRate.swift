import ArgumentParser
import Federation
import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import HomomorphicEncryption
import Ledger
import SwiftProtobuf

@testable import FederationService

/// What the same bytes need over the same transport when nobody does anything with them: so many connections at once,
/// chunks as large as a ciphertext's blocks, thrown away on arrival. One process for either side.
struct LinkRate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "rate")

    @OptionGroup var run: RunOptions
    @Flag(help: "Receive instead of sending.") var receives = false

    func run() async throws {
        let federation = try BenchmarkedFederation(members: run.members, dimension: run.dimension)
        if receives { return try await receive(federation) }
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for identity in federation.hospitals { group.addTask { try await send(federation, as: identity) } }
            try await group.waitForAll()
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        say("linkSeconds \(seconds)")
    }

    private func send(_ federation: BenchmarkedFederation, as identity: Identity) async throws {
        let transport = try HTTP2ClientTransport.Posix(
            toward: "127.0.0.1", run.port, showing: PeerCertificate(issuedBy: identity, now: Date()),
            verifying: PeerVerification(expecting: federation.coordinator.publicKey, now: { Date() }),
            TransportSettings())
        let parameters = federation.agreement.encryption
        let block = Data(count: parameters.blockBytes)
        try await withGRPCClient(transport: transport) { client in
            let request = StreamingClientRequest(of: Cordon_V1_Chunk.self) { writer in
                for _ in 0..<parameters.blocks { try await writer.write(.with { $0.content = block }) }
            }
            _ = try await Cordon_V1_Federation.Client(wrapping: client).bring(request: request) { try $0.message.kept }
        }
    }

    private func receive(_ federation: BenchmarkedFederation) async throws {
        let port = try NodePort(
            identity: federation.coordinator, host: "127.0.0.1", port: run.port, settings: TransportSettings(),
            log: benchmarkLog, now: { Date() })
        try await port.serving([ChunkSink()], listening: { _ in say("listening") }) {
            try await Task.sleep(for: .seconds(600))
        }
    }
}

/// Takes chunks and forgets them.
private struct ChunkSink: Cordon_V1_Federation.StreamingServiceProtocol {
    func exchange(
        request: StreamingServerRequest<Cordon_V1_Frame>, context: ServerContext
    ) async throws -> StreamingServerResponse<Cordon_V1_Frame> {
        throw RPCError(code: .unimplemented, message: "a sink takes chunks only")
    }

    func bring(
        request: StreamingServerRequest<Cordon_V1_Chunk>, context: ServerContext
    ) async throws -> StreamingServerResponse<Cordon_V1_Brought> {
        var kept: UInt64 = 0
        for try await _ in request.messages { kept += 1 }
        let count = kept
        return StreamingServerResponse(single: ServerResponse(message: .with { $0.kept = count }))
    }

    func fetch(
        request: StreamingServerRequest<Cordon_V1_ChunkNames>, context: ServerContext
    ) async throws -> StreamingServerResponse<Cordon_V1_Chunk> {
        throw RPCError(code: .unimplemented, message: "a sink takes chunks only")
    }
}
