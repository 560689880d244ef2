import Glibc
import Synchronization

/// Thread CPU seconds by kind of work, added up over all parties of the simulation.
final class WorkClock: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case loading, training, encryption, openings, ledger, evaluation
    }

    private let seconds = Mutex<[Kind: Double]>([:])

    /// Runs the work on this thread and books its CPU time.
    func measure<Result>(_ kind: Kind, _ work: () throws -> Result) rethrows -> Result {
        let start = Self.threadSeconds()
        defer { book(Self.threadSeconds() - start, to: kind) }
        return try work()
    }

    /// Moves time that was measured inside another kind's work to where it belongs.
    func book(_ amount: Double, to kind: Kind) {
        seconds.withLock { $0[kind, default: 0] += amount }
    }

    var total: [Kind: Double] { seconds.withLock { $0 } }

    static func threadSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
