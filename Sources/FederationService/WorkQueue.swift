import Dispatch

/// Where a node's slow work is done: one job after the other, on a thread of its own, so that neither training nor
/// cryptography keeps messages waiting.
struct WorkQueue: Sendable {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label, qos: .userInitiated) }

    /// - Throws: what the work throws.
    func perform<Result: Sendable>(_ work: @Sendable @escaping () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result(catching: work)) }
        }
    }

    func perform<Result: Sendable>(_ work: @Sendable @escaping () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }
}
