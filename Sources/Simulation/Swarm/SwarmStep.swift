/// What came of one event at a party: effects that were carried out, and jobs that were begun.
struct SwarmStep<Effect: Sendable, Job: Sendable>: Sendable {
    var effects: [Effect] = []
    var jobs: [(number: UInt64, job: Job)] = []
    /// The party died in the middle of it.
    var isDead = false
}
