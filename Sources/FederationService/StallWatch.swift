import Synchronization

/// Ends a transfer on which nothing has moved for a while.
final class StallWatch: Sendable {
    private let lastProgress = Mutex(ContinuousClock.now)
    private let limit: Duration
    private let what: String

    /// - Parameter what: names the transfer in the error.
    init(_ what: String, stallSeconds: Int) {
        self.what = what
        limit = .seconds(stallSeconds)
    }

    /// Something moved.
    func progress() { lastProgress.withLock { $0 = .now } }

    /// Runs the transfer until it ends, or until it stalls.
    ///
    /// - Throws: `ServiceError(.unreachable)` after a stall; what the transfer throws.
    func run<Result: Sendable>(_ transfer: @Sendable @escaping () async throws -> Result) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await transfer() }
            group.addTask {
                while true {
                    let idle = ContinuousClock.now - self.lastProgress.withLock { $0 }
                    guard idle < self.limit else {
                        throw ServiceError(
                            .unreachable,
                            "\(self.what): nothing has moved for \(self.limit.components.seconds) s (stallSeconds); "
                                + "it is begun anew")
                    }
                    try await Task.sleep(for: self.limit - idle + .milliseconds(10))
                }
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() ?? nil else { throw CancellationError() }
            return result
        }
    }
}
