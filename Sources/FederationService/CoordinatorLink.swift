package import Federation
package import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
package import Ledger
import Logging
package import Operations
package import SQLiteStorage
import SwiftProtobuf
import Synchronization

/// A hospital's way to the coordinator: dials out, verifies who answers, keeps one stream of signed envelopes open, and
/// moves chunks both ways. Begins anew for as long as it runs; what was lost is sent again by the machine's outbox.
package final class CoordinatorLink: Sendable {
    private struct State {
        var frames: AsyncStream<OutgoingFrame>.Continuation?
        var gauge = QueueGauge()
        /// Chunks asked for that are not here yet, in order.
        var missing: [Digest] = []
        /// Says that there are more of them.
        var fetchSignal: AsyncStream<Void>.Continuation?
        var isConnected = false
        /// Why what came could not be kept; no other connection would help.
        var failure: StorageError?
    }

    private let host: String
    private let port: Int
    private let agreement: Agreement
    private let federation: Digest
    private let certificate: RenewingCertificate
    private let blobs: BlobDirectory
    private let settings: TransportSettings
    private let log: OperationalLog
    private let now: @Sendable () -> Date
    private let state = Mutex(State())

    package init(
        host: String, port: Int, agreement: Agreement, identity: Identity, blobs: BlobDirectory,
        settings: TransportSettings, log: OperationalLog, now: @escaping @Sendable () -> Date
    ) throws {
        self.host = host
        self.port = port
        self.agreement = agreement
        federation = try agreement.federation
        certificate = try RenewingCertificate(of: identity, now: now)
        self.blobs = blobs
        self.settings = settings
        self.log = log
        self.now = now
    }

    package var isConnected: Bool { state.withLock { $0.isConnected } }

    /// Hands an envelope to the connection; without one it is left to the outbox.
    package func send(_ envelope: Envelope) {
        state.withLock { state in
            guard let frames = state.frames else { return }
            let bytes = envelope.bytes
            guard state.gauge.enter(envelope.digest, bytes: bytes.count) else { return }
            frames.yield(.envelope(envelope.digest, bytes))
        }
    }

    /// Asks for chunks until they are here. Those that are, are not asked for.
    ///
    /// - Returns: names of those that are here already.
    package func fetch(_ names: [Digest]) -> [Digest] {
        let here = names.filter { blobs.holds($0) }
        let known = Set(here)
        state.withLock { state in
            let waiting = Set(state.missing)
            state.missing += names.filter { !known.contains($0) && !waiting.contains($0) }
            state.fetchSignal?.yield()
        }
        return here
    }

    /// Forgets chunks that were asked for: their round is over.
    package func forgetFetches() { state.withLock { $0.missing = [] } }

    // MARK: Running

    /// Connects, and connects again, until the task is cancelled, or what comes cannot be kept.
    ///
    /// - Throws: `StorageError`, for instance on a full disk.
    /// - Parameters:
    ///   - connected: told each time that the coordinator is reached.
    ///   - deliver: hands an event to the node; returns when the node has taken it.
    package func run(
        whenConnected connected: @Sendable @escaping () async -> Void = {},
        delivering deliver: @Sendable @escaping (HospitalEvent) async -> Void
    ) async throws(StorageError) {
        var pause = 1.0
        while !Task.isCancelled {
            let start = ContinuousClock.now
            let reason: any Error
            do {
                try await connect(connected, deliver)
                reason = ServiceError(.unreachable, "the coordinator closed the connection")
            } catch {
                reason = error
            }
            if let failure = state.withLock({ $0.failure }) { throw failure }
            guard !Task.isCancelled else { return }
            if ContinuousClock.now - start > .seconds(60) { pause = 1 }
            log.log(
                .warning, "not connected to the coordinator",
                [
                    ("address", .address("\(host):\(port)")), ("reason", .reason(reason)),
                    ("retrySeconds", .count(Int(pause.rounded(.up)))),
                    ("retrySecondsMax", .count(settings.retrySecondsMax)),
                ])
            // Hospitals that lost the same coordinator do not all come back in the same instant.
            try? await Task.sleep(for: .seconds(pause * Double.random(in: 0.8...1.2)))
            pause = min(pause * 2, Double(settings.retrySecondsMax))
        }
    }

    private func connect(
        _ connected: @Sendable @escaping () async -> Void,
        _ deliver: @Sendable @escaping (HospitalEvent) async -> Void
    ) async throws {
        let verification = PeerVerification(expecting: agreement.coordinatorKey, now: now)
        do {
            let transport = try HTTP2ClientTransport.Posix(
                toward: host, port, showing: certificate.certificate, verifying: verification, settings)
            try await withGRPCClient(transport: transport) { client in
                try await exchange(over: Cordon_V1_Federation.Client(wrapping: client), connected, deliver)
            }
        } catch {
            if let refusal = verification.takeRefusal() { throw refusal }
            throw ServiceError(describing: error, host: host, port: port)
        }
    }

    private func exchange(
        over client: Cordon_V1_Federation.Client<HTTP2ClientTransport.Posix>,
        _ connected: @Sendable @escaping () async -> Void,
        _ deliver: @Sendable @escaping (HospitalEvent) async -> Void
    ) async throws {
        let (frames, continuation) = AsyncStream.makeStream(of: OutgoingFrame.self)
        let (requests, requested) = AsyncStream.makeStream(of: [Digest].self)
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let gauge = QueueGauge()
        defer {
            state.withLock { state in
                state.frames = nil
                state.fetchSignal = nil
                state.isConnected = false
            }
            continuation.finish()
            requested.finish()
            signal.finish()
        }
        var options = CallOptions.defaults
        options.maxResponseMessageBytes = Limits.envelopeBytesMax + 1024
        let callOptions = options
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let request = StreamingClientRequest(of: Cordon_V1_Frame.self) { writer in
                    try await OutgoingFrame.write(frames, to: writer, gauge: gauge)
                }
                try await client.exchange(request: request, options: callOptions) { response in
                    defer { continuation.finish() }
                    let accepted = try response.accepted.get()
                    self.state.withLock { state in
                        state.frames = continuation
                        state.gauge = gauge
                        state.isConnected = true
                        state.fetchSignal = signal
                    }
                    signal.yield()
                    self.log.log(
                        .info, "connected to the coordinator", [("address", .address("\(self.host):\(self.port)"))])
                    await connected()
                    for try await part in accepted.bodyParts {
                        guard case .message(let frame) = part else { continue }
                        try await self.take(frame, requested, deliver)
                    }
                }
            }
            group.addTask { for await names in requests { try await self.bring(names, over: client) } }
            group.addTask { try await self.fetchMissing(at: signals, over: client, deliver) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func take(
        _ frame: Cordon_V1_Frame, _ requested: AsyncStream<[Digest]>.Continuation,
        _ deliver: @Sendable (HospitalEvent) async -> Void
    ) async throws {
        switch frame.content {
        case .envelope(let bytes):
            let message = try Verified(verifying: Envelope(bytes: [UInt8](bytes)), under: agreement, in: federation)
            await deliver(.received(message))
        case .wanted(let names):
            requested.yield(try names.digests())
        case nil:
            // A kind of frame that a later version knows.
            return
        }
    }

    // MARK: Chunks

    /// Writes to the disk; a failure ends `run`.
    private func durably(_ write: () throws -> Void) throws {
        do {
            try write()
        } catch let error as StorageError {
            state.withLock { $0.failure = error }
            throw error
        }
    }

    private func bring(
        _ names: [Digest], over client: Cordon_V1_Federation.Client<HTTP2ClientTransport.Posix>
    ) async throws {
        let blobs = blobs
        let watch = StallWatch("chunks for the coordinator", stallSeconds: settings.stallSeconds)
        try await watch.run {
            let request = StreamingClientRequest(of: Cordon_V1_Chunk.self) { writer in
                for name in names where blobs.has(name) {
                    let content = try blobs.chunk(name)
                    try await writer.write(.with { $0.content = Data(content) })
                    watch.progress()
                }
            }
            _ = try await client.bring(request: request) { try $0.message.kept }
        }
    }

    /// Fetches what is missing, part by part, for as long as the connection lives.
    private func fetchMissing(
        at signals: AsyncStream<Void>, over client: Cordon_V1_Federation.Client<HTTP2ClientTransport.Posix>,
        _ deliver: @Sendable (HospitalEvent) async -> Void
    ) async throws {
        for await _ in signals {
            while true {
                let part = Array(state.withLock { $0.missing.prefix(TransportSettings.chunksPerRequestMax) })
                guard !part.isEmpty else { break }
                let arrived = try await fetchOnce(part, over: client)
                try durably { try blobs.flush(arrived) }
                let here = Set(arrived)
                state.withLock { $0.missing.removeAll(where: here.contains) }
                if arrived.isEmpty {
                    // The coordinator does not have them yet, or its machine is behind.
                    try await Task.sleep(for: .seconds(1))
                } else {
                    await deliver(.fetched(arrived))
                }
            }
        }
    }

    private func fetchOnce(
        _ names: [Digest], over client: Cordon_V1_Federation.Client<HTTP2ClientTransport.Posix>
    ) async throws -> [Digest] {
        let blobs = blobs
        let wanted = Set(names)
        let watch = StallWatch("chunks from the coordinator", stallSeconds: settings.stallSeconds)
        return try await watch.run {
            try await client.fetch(.with { $0.names = names.map { Data($0.bytes) } }) { response in
                var arrived: [Digest] = []
                for try await chunk in response.messages {
                    watch.progress()
                    let content = [UInt8](chunk.content)
                    let name = chunkDigest(content)
                    guard wanted.contains(name) else {
                        throw ServiceError(.refused, "the coordinator sent a chunk that nobody asked for")
                    }
                    try self.durably { try blobs.keep(content, named: name) }
                    arrived.append(name)
                }
                return arrived
            }
        }
    }
}
