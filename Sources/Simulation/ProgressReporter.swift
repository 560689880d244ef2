/// Whoever shows a person how a run goes on.
package protocol ProgressReporter: Sendable {
    func report(_ event: ProgressEvent)
}
