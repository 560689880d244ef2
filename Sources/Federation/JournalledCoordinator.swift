/// The coordinator and the work it waits for, stepped by what its journal keeps: the very same steps when it runs and
/// when it is rebuilt.
package struct JournalledCoordinator: Sendable {
    /// What a step asks of the world: effects in order, then the jobs, numbered.
    package struct Step: Sendable {
        package var effects: [CoordinatorEffect] = []
        package var jobs: [(number: UInt64, job: CoordinatorJob)] = []
    }

    package private(set) var machine: Coordinator
    package private(set) var pending: PendingJobs<CoordinatorJob>

    /// - Parameter jobsBefore: jobs numbered before the snapshot that `machine` was restored from.
    package init(_ machine: Coordinator, jobsBefore: UInt64 = 0) {
        self.machine = machine
        pending = PendingJobs(after: jobsBefore)
    }

    /// The machine's snapshot, with the number of jobs so far; nil where the machine has none. Results of jobs that are
    /// under way are of no use to whoever is restored from it.
    package var snapshot: CoordinatorSnapshot? {
        var snapshot = machine.snapshot
        snapshot?.jobsBefore = pending.count
        return snapshot
    }

    /// - Parameter job: the number of the job whose result this is; a job has one result.
    package mutating func receive(_ event: CoordinatorEvent, of job: UInt64? = nil, at now: Instant) -> Step {
        if let job, pending.take(job) == nil { return Step() }
        var step = Step()
        for effect in machine.receive(event, at: now) {
            if case .perform(let job) = effect {
                step.jobs.append((pending.add(job), job))
            } else {
                step.effects.append(effect)
            }
        }
        return step
    }

    /// How the journal keeps an event.
    package static func entry(for event: CoordinatorEvent, of job: UInt64?) -> CoordinatorJournalEntry {
        switch (event, job) {
        case (.started, _): return .started
        case (.woke, _): return .woke
        case (.received(let message), _): return .received(message.envelope.bytes)
        case (.fetched(let names, let member), _): return .fetched(names, from: member)
        case (_, let job?): return .recomputed(job: job)
        case (_, nil): preconditionFailure("a result has the number of its job")
        }
    }

    /// Steps again as the entry says.
    ///
    /// - Parameter recompute: the work, done again.
    /// - Throws: for an entry that does not fit: the journal is another's, or was altered.
    package mutating func replay(
        _ entry: CoordinatorJournalEntry, at now: Instant,
        recomputing recompute: (CoordinatorJob) throws -> CoordinatorEvent
    ) throws -> Step {
        switch entry {
        case .started: return receive(.started, at: now)
        case .woke: return receive(.woke, at: now)
        case .received(let bytes):
            let message = try Verified(
                verifying: Envelope(bytes: bytes), under: machine.agreement, in: machine.federation)
            return receive(.received(message), at: now)
        case .fetched(let names, let member): return receive(.fetched(names, from: member), at: now)
        case .recomputed(let number):
            guard let job = pending.inOrder.first(where: { $0.number == number })?.job else { return Step() }
            return receive(try recompute(job), of: number, at: now)
        }
    }
}
