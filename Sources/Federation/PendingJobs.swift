/// The slow work a machine asked for and has no result of, numbered in the order in which it was asked for. A journal
/// names a result by its job's number, and a replay gives every job the same number again.
package struct PendingJobs<Job: Sendable>: Sendable {
    /// Jobs numbered so far.
    package private(set) var count: UInt64
    private var waiting: [UInt64: Job] = [:]

    /// - Parameter count: jobs that were numbered before, and are forgotten.
    package init(after count: UInt64 = 0) { self.count = count }

    package mutating func add(_ job: Job) -> UInt64 {
        count += 1
        waiting[count] = job
        return count
    }

    /// The job of this number, whose result is here; nil when there is none, or it had its result before.
    package mutating func take(_ number: UInt64) -> Job? { waiting.removeValue(forKey: number) }

    /// What is still to be done, in order.
    package var inOrder: [(number: UInt64, job: Job)] {
        waiting.keys.sorted().compactMap { number in waiting[number].map { (number, $0) } }
    }
}
