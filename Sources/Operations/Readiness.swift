/// Whether a process can do its work now.
package enum Readiness: Hashable, Sendable {
    case ready
    /// What it waits for, in words for an operator.
    case notReady(String)
}
