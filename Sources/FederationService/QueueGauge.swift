import Ledger
import Synchronization

/// How much waits to be written to one peer. A message that waits already is not queued again, and too much is not
/// queued at all: the outbox sends both again.
final class QueueGauge: Sendable {
    private struct State {
        var waiting: Set<Digest> = []
        var bytes = 0
    }

    private let state = Mutex(State())

    /// True when the message may be queued.
    func enter(_ digest: Digest, bytes: Int) -> Bool {
        state.withLock { state in
            guard !state.waiting.contains(digest), state.bytes + bytes <= TransportSettings.queuedBytesMax else {
                return false
            }
            state.waiting.insert(digest)
            state.bytes += bytes
            return true
        }
    }

    /// The message was written.
    func leave(_ digest: Digest, bytes: Int) {
        state.withLock { state in
            guard state.waiting.remove(digest) != nil else { return }
            state.bytes -= bytes
        }
    }
}
