import Federation
import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Ledger
import Logging
import Operations
import SQLiteStorage
import SwiftProtobuf

/// The coordinator's gRPC service: admits members by their certificates, takes signed envelopes and wanted chunks in,
/// and gives frames and chunks out. It decides nothing.
struct CoordinatorService: Cordon_V1_Federation.StreamingServiceProtocol {
    let agreement: Agreement
    let federation: Digest
    let connections: MemberConnections
    let blobs: BlobDirectory
    let settings: TransportSettings
    let log: OperationalLog
    let now: @Sendable () -> Date
    /// Hands an event to the node; returns when the node has taken it, which holds back a peer that is too fast.
    let deliver: @Sendable (CoordinatorEvent) async -> Void
    /// Tells the node that something could not be kept: it stops rather than forget.
    let fail: @Sendable (StorageError) async -> Void
    /// Where chunks are made durable, so that connections do not wait for the disk.
    private let disk = WorkQueue(label: "cordon.coordinator.disk")
    private static let chunksPerFlush = 32

    init(
        agreement: Agreement, federation: Digest, connections: MemberConnections, blobs: BlobDirectory,
        settings: TransportSettings, log: OperationalLog, now: @escaping @Sendable () -> Date,
        deliver: @escaping @Sendable (CoordinatorEvent) async -> Void,
        fail: @escaping @Sendable (StorageError) async -> Void
    ) {
        self.agreement = agreement
        self.federation = federation
        self.connections = connections
        self.blobs = blobs
        self.settings = settings
        self.log = log
        self.now = now
        self.deliver = deliver
        self.fail = fail
    }

    // MARK: Admission

    /// The member behind the connection.
    ///
    /// - Throws: `RPCError(.permissionDenied)` with the reason, which the peer may read and the log keeps.
    private func member(_ context: ServerContext) throws -> Int {
        do {
            guard let transport = context.transportSpecific as? HTTP2ServerTransport.Posix.Context,
                let certificate = transport.peerCertificate
            else { throw ServiceError(.certificate, "no certificate was shown") }
            let peer = try VerifiedPeer(verifying: certificate, now: now())
            guard let member = agreement.members.firstIndex(where: { $0.publicKey == peer.identityKey }) else {
                throw ServiceError(
                    .refused,
                    "\(peer.name) (identity \(Fingerprint(of: peer.identityKey))) is no member of \(agreement.name)")
            }
            return member
        } catch {
            throw refusal(of: context, because: error)
        }
    }

    private func refusal(of context: ServerContext, because error: any Error) -> RPCError {
        log.log(.warning, "peer refused", [("peer", .address(context.remotePeer)), ("reason", .reason(error))])
        return RPCError(code: .permissionDenied, message: "\(error)")
    }

    // MARK: Messages

    func exchange(
        request: StreamingServerRequest<Cordon_V1_Frame>, context: ServerContext
    ) async throws -> StreamingServerResponse<Cordon_V1_Frame> {
        let member = try member(context)
        return StreamingServerResponse { writer in
            let (id, frames, gauge) = connections.connect(member)
            defer { connections.disconnect(member, id) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await OutgoingFrame.write(frames, to: writer, gauge: gauge) }
                group.addTask { try await receive(request.messages, from: member, context) }
                // Whichever ends first ends the connection.
                defer { group.cancelAll() }
                try await group.next()
            }
            return [:]
        }
    }

    private func receive(
        _ frames: RPCAsyncSequence<Cordon_V1_Frame, any Error>, from member: Int, _ context: ServerContext
    ) async throws {
        for try await frame in frames {
            guard case .envelope(let bytes) = frame.content else {
                throw refusal(of: context, because: ServiceError(.refused, "a hospital sends envelopes, nothing else"))
            }
            let message: Verified<Federation.Message>
            do {
                message = try Verified(verifying: Envelope(bytes: [UInt8](bytes)), under: agreement, in: federation)
            } catch {
                throw refusal(of: context, because: error)
            }
            guard message.sender == .member(member) else {
                throw refusal(
                    of: context,
                    because: ServiceError(.refused, "\(agreement.members[member].name) speaks for somebody else"))
            }
            await deliver(.received(message))
        }
    }

    // MARK: Chunks

    func bring(
        request: StreamingServerRequest<Cordon_V1_Chunk>, context: ServerContext
    ) async throws -> StreamingServerResponse<Cordon_V1_Brought> {
        let member = try member(context)
        do {
            let kept = try await keep(request.messages, of: member, context)
            return StreamingServerResponse(single: ServerResponse(message: .with { $0.kept = kept }))
        } catch let error as StorageError {
            await fail(error)
            throw error
        }
    }

    /// - Returns: how many chunks were kept.
    private func keep(
        _ chunks: RPCAsyncSequence<Cordon_V1_Chunk, any Error>, of member: Int, _ context: ServerContext
    ) async throws -> UInt64 {
        let watch = StallWatch("chunks of \(agreement.members[member].name)", stallSeconds: settings.stallSeconds)
        return try await watch.run {
            try await withThrowingTaskGroup(of: Void.self) { flushing in
                var kept: UInt64 = 0
                var unflushed: [Digest] = []
                for try await chunk in chunks {
                    watch.progress()
                    let content = [UInt8](chunk.content)
                    let name = chunkDigest(content)
                    guard connections.isWanted(name, of: member) else {
                        // A chunk that came by two ways is everyday; one that nobody asked for ends the transfer.
                        guard blobs.has(name) else {
                            throw refusal(of: context, because: ServiceError(.refused, "nobody asked for this chunk"))
                        }
                        continue
                    }
                    try blobs.keep(content, named: name)
                    kept += 1
                    unflushed.append(name)
                    let complete = connections.arrived(name, from: member)
                    // The disk is at work while more comes.
                    if unflushed.count >= Self.chunksPerFlush || !complete.isEmpty {
                        let names = unflushed
                        unflushed = []
                        flushing.addTask { try await disk.perform { try blobs.flush(names) } }
                    }
                    guard !complete.isEmpty else { continue }
                    try await flushing.waitForAll()
                    for names in complete { await deliver(.fetched(names, from: member)) }
                }
                return kept
            }
        }
    }

    func fetch(
        request: StreamingServerRequest<Cordon_V1_ChunkNames>, context: ServerContext
    ) async throws -> StreamingServerResponse<Cordon_V1_Chunk> {
        let member = try member(context)
        let names: [Digest]
        do {
            names = try await ServerRequest(stream: request).message.digests()
        } catch {
            throw refusal(of: context, because: error)
        }
        let watch = StallWatch("chunks for \(agreement.members[member].name)", stallSeconds: settings.stallSeconds)
        return StreamingServerResponse { writer in
            try await watch.run {
                for name in names where blobs.has(name) {
                    let content = try blobs.chunk(name)
                    try await writer.write(.with { $0.content = Data(content) })
                    watch.progress()
                }
            }
            return [:]
        }
    }
}
