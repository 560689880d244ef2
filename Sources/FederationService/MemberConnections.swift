import Federation
import Ledger
import Logging
import Operations
import SQLiteStorage
import Synchronization

/// The coordinator's side of all connections: what waits for each member, and which chunks are wanted of each.
///
/// Nothing here is durable: messages are kept by the machine's outboxes, and what is wanted follows from the journal.
final class MemberConnections: Sendable {
    /// A member's connection; another of the same member takes its place.
    private struct Connection: Sendable {
        let id: UInt64
        let frames: AsyncStream<OutgoingFrame>.Continuation
        let gauge: QueueGauge
    }

    private struct State {
        var connections: [Int: Connection] = [:]
        var nextID: UInt64 = 0
        /// Chunks that are asked for, in order, by member; each request until all of it is there.
        var wanted: [Int: [WantedChunks]] = [:]
    }

    private let state = Mutex(State())
    private let blobs: BlobDirectory
    private let names: [String]
    private let log: OperationalLog

    init(names: [String], blobs: BlobDirectory, log: OperationalLog) {
        self.names = names
        self.blobs = blobs
        self.log = log
    }

    /// Members that are connected now.
    var connected: Set<Int> { state.withLock { Set($0.connections.keys) } }

    // MARK: Messages

    /// Hands an envelope to the member's connection; without one, or with too much waiting, it is left to the outbox.
    func send(_ envelope: Envelope, to member: Int) {
        state.withLock { state in
            guard let connection = state.connections[member] else { return }
            let bytes = envelope.bytes
            guard connection.gauge.enter(envelope.digest, bytes: bytes.count) else { return }
            connection.frames.yield(.envelope(envelope.digest, bytes))
        }
    }

    /// Begins a connection: the frames to write to it, and its number.
    func connect(_ member: Int) -> (id: UInt64, frames: AsyncStream<OutgoingFrame>, gauge: QueueGauge) {
        let (stream, continuation) = AsyncStream.makeStream(of: OutgoingFrame.self)
        let gauge = QueueGauge()
        let (id, wanted) = state.withLock { state in
            state.nextID += 1
            state.connections[member]?.frames.finish()
            state.connections[member] = Connection(id: state.nextID, frames: continuation, gauge: gauge)
            return (state.nextID, state.wanted[member] ?? [])
        }
        log.log(.info, "hospital connected", [("hospital", .party(names[member]))])
        for request in wanted { ask(request.missing, through: continuation) }
        return (id, stream, gauge)
    }

    /// Ends a connection, unless another has taken its place.
    func disconnect(_ member: Int, _ id: UInt64) {
        let isGone = state.withLock { state in
            guard state.connections[member]?.id == id else { return false }
            state.connections.removeValue(forKey: member)?.frames.finish()
            return true
        }
        if isGone { log.log(.info, "hospital disconnected", [("hospital", .party(names[member]))]) }
    }

    /// Ends all connections, so that their streams finish and the server can stop.
    func close() {
        state.withLock { state in
            for connection in state.connections.values { connection.frames.finish() }
            state.connections = [:]
        }
    }

    // MARK: Chunks

    /// Asks a member for chunks. Those that are here already are not asked for.
    ///
    /// - Returns: true when all are here.
    func want(_ names: [Digest], of member: Int) -> Bool {
        let missing = names.filter { !blobs.holds($0) }
        guard !missing.isEmpty else { return true }
        let continuation = state.withLock { state -> AsyncStream<OutgoingFrame>.Continuation? in
            guard !(state.wanted[member] ?? []).contains(where: { $0.names == names }) else { return nil }
            state.wanted[member, default: []].append(WantedChunks(names: names, missing: missing))
            return state.connections[member]?.frames
        }
        if let continuation { ask(missing, through: continuation) }
        return false
    }

    private func ask(_ names: [Digest], through frames: AsyncStream<OutgoingFrame>.Continuation) {
        for first in stride(from: 0, to: names.count, by: TransportSettings.chunksPerRequestMax) {
            let part = names[first..<min(first + TransportSettings.chunksPerRequestMax, names.count)]
            frames.yield(.wanted(Array(part)))
        }
    }

    func isWanted(_ name: Digest, of member: Int) -> Bool {
        state.withLock { state in
            (state.wanted[member] ?? []).contains { $0.isMissing(name) }
        }
    }

    /// Notes that a wanted chunk is on the disk.
    ///
    /// - Returns: the requests that are complete now, as they were made.
    func arrived(_ name: Digest, from member: Int) -> [[Digest]] {
        state.withLock { state in
            guard var requests = state.wanted[member] else { return [] }
            for index in requests.indices { requests[index].remove(name) }
            let complete = requests.filter(\.isComplete).map(\.names)
            state.wanted[member] = requests.filter { !$0.isComplete }
            return complete
        }
    }

    /// Forgets every request: their round is over.
    func forgetWanted() { state.withLock { $0.wanted = [:] } }
}

/// Chunks that one request of the machine names, and those of them that are not here.
private struct WantedChunks: Sendable {
    let names: [Digest]
    private var remaining: Set<Digest>

    init(names: [Digest], missing: [Digest]) {
        self.names = names
        remaining = Set(missing)
    }

    var missing: [Digest] { names.filter(remaining.contains) }
    var isComplete: Bool { remaining.isEmpty }
    func isMissing(_ name: Digest) -> Bool { remaining.contains(name) }
    mutating func remove(_ name: Digest) { remaining.remove(name) }
}
