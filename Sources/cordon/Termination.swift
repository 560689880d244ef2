import Dispatch
import Foundation

/// Ends a service in good order when the system asks it to.
enum Termination {
    /// Runs the service until it ends by itself, or until SIGTERM or SIGINT cancel it.
    ///
    /// - Returns: what the service returns; nil when it was asked to end.
    static func watch<Result: Sendable>(_ service: @Sendable @escaping () async throws -> Result) async throws
        -> Result?
    {
        let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
        let sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { continuation.yield(number) }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await service() }
            group.addTask {
                for await _ in signals { return nil }
                // The stream also ends when the task is cancelled, because the service has ended.
                throw CancellationError()
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}
