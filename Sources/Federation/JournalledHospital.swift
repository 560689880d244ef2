import Ledger

/// A hospital and the work it waits for, stepped by what its journal keeps: the very same steps when it runs and when
/// it is rebuilt.
package struct JournalledHospital: Sendable {
    /// What a step asks of the world: effects in order, then the jobs, numbered.
    package struct Step: Sendable {
        package var effects: [HospitalEffect] = []
        package var jobs: [(number: UInt64, job: HospitalJob)] = []

        /// True when the step erased a round's secrets: a snapshot is due, and then their keys go.
        package var erasedRound: UInt32? {
            for case .persist(.erased(let round)) in effects { return round }
            return nil
        }
    }

    package private(set) var machine: Hospital
    package private(set) var pending: PendingJobs<HospitalJob>

    /// - Parameter jobsBefore: jobs numbered before the snapshot that `machine` was restored from.
    package init(_ machine: Hospital, jobsBefore: UInt64 = 0) {
        self.machine = machine
        pending = PendingJobs(after: jobsBefore)
    }

    /// The machine's snapshot, with the number of jobs so far; nil where the machine has none. Results of jobs that are
    /// under way are of no use to whoever is restored from it.
    package var snapshot: HospitalSnapshot? {
        var snapshot = machine.snapshot
        snapshot?.jobsBefore = pending.count
        return snapshot
    }

    /// - Parameter job: the number of the job whose result this is; a job has one result.
    package mutating func receive(_ event: HospitalEvent, of job: UInt64? = nil, at now: Instant) -> Step {
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
    ///
    /// - Parameter seal: makes a contribution's bytes unreadable without the key of its round.
    package static func entry(
        for event: HospitalEvent, of job: UInt64?, sealing seal: (_ secret: [UInt8], _ round: UInt32) throws -> [UInt8]
    ) rethrows -> HospitalJournalEntry {
        switch (event, job) {
        case (.started, _): return .started
        case (.woke, _): return .woke
        case (.received(let message), _): return .received(message.envelope.bytes)
        case (.fetched(let names), _): return .fetched(names)
        case (.contributed(let round, .success(let prepared)), let job?):
            return .contributed(job: job, round: round, sealed: try seal(prepared.secretBytes, round))
        case (.contributed(let round, .failure(let error)), let job?):
            return .trainingFailed(job: job, round: round, message: error.message)
        case (.validated(let round, let approved), let job?):
            return .validated(job: job, round: round, approved: approved)
        case (_, let job?): return .recomputed(job: job)
        case (_, nil): preconditionFailure("a result has the number of its job")
        }
    }

    /// Steps again as the entry says.
    ///
    /// - Parameters:
    ///   - open: gives a contribution's bytes back; nil when the key of its round was erased, and with it the round.
    ///   - recompute: the work, done again.
    /// - Throws: for an entry that does not fit: the journal is another's, or was altered.
    package mutating func replay(
        _ entry: HospitalJournalEntry, at now: Instant,
        opening open: (_ sealed: [UInt8], _ round: UInt32) throws -> [UInt8]?,
        recomputing recompute: (HospitalJob) throws -> HospitalEvent
    ) throws -> Step {
        switch entry {
        case .started: return receive(.started, at: now)
        case .woke: return receive(.woke, at: now)
        case .received(let bytes):
            let message = try Verified(
                verifying: Envelope(bytes: bytes), under: machine.agreement, in: machine.federation)
            return receive(.received(message), at: now)
        case .contributed(let job, let round, let sealed):
            guard let seed = machine.log.contract.round?.seed, let secret = try open(sealed, round) else {
                let gone = FederationError(.reuse, "round \(round): the contribution was erased with its round")
                return receive(.contributed(round: round, .failure(gone)), of: job, at: now)
            }
            let prepared = try PreparedContribution(
                secretBytes: secret, by: machine.member, seed: seed, under: machine.agreement)
            return receive(.contributed(round: round, .success(prepared)), of: job, at: now)
        case .trainingFailed(let job, let round, let message):
            return receive(
                .contributed(round: round, .failure(FederationError(.training, message))), of: job, at: now)
        case .validated(let job, let round, let approved):
            return receive(.validated(round: round, approved: approved), of: job, at: now)
        case .fetched(let names): return receive(.fetched(names), at: now)
        case .recomputed(let number):
            guard let job = pending.inOrder.first(where: { $0.number == number })?.job else { return Step() }
            return receive(try recompute(job), of: number, at: now)
        }
    }
}
