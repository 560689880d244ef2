import Foundation
import MedicalImaging
import Synchronization

/// Processes that decode files: a library that crashes or hangs on one takes a worker with it and not the run.
///
/// Each worker has up to two files, so that it never waits for the next. One that ends while it has a file is started
/// anew and tried once more, since the fault may be of the file before; the second time the file is refused. One that
/// takes longer than the limit is ended, and its file refused.
package final class WorkerPool: Sendable {
    /// What the parent asks and is answered.
    private struct Job {
        let identifier: Int
        let request: WorkerRequest
        var isSecondTry = false
    }

    private struct Slot {
        var worker: WorkerProcess?
        var isReady = false
        var jobs: [Job] = []
    }

    private struct State {
        var slots: [Slot]
        var answers: [Int: (WorkerAnswer, [UInt8])] = [:]
        var next = 0
    }

    private let state: Mutex<State>
    private let program: String
    private let arguments: [String]
    private let setup: WorkerSetup
    private let secondsPerFile: Int

    private static let jobsPerWorker = 2
    private static let startLimit = Duration.seconds(120)
    /// Seconds more for every MiB of a file.
    private static let secondsPerMebibyte = 2

    /// - Parameters:
    ///   - program: That calls `Worker.run` when started with `arguments`.
    ///   - secondsPerFile: What a small file may take; large ones may take longer.
    package init(
        program: String, arguments: [String], setup: WorkerSetup, workers: Int, secondsPerFile: Int
    ) {
        precondition(workers > 0 && secondsPerFile > 0)
        self.program = program
        self.arguments = arguments
        self.setup = setup
        self.secondsPerFile = secondsPerFile
        state = Mutex(State(slots: Array(repeating: Slot(), count: workers)))
    }

    /// Files that may be begun before the first is waited for.
    package var lookahead: Int { state.withLock { $0.slots.count } * Self.jobsPerWorker }

    /// - Throws: `ImagingError` where no worker can be started.
    func begin(_ request: WorkerRequest) throws -> Int {
        try state.withLock { state in
            let slot = state.slots.indices.min { state.slots[$0].jobs.count < state.slots[$1].jobs.count } ?? 0
            let job = Job(identifier: state.next, request: request)
            state.next += 1
            try hand(job, to: &state.slots[slot])
            return job.identifier
        }
    }

    private func hand(_ job: Job, to slot: inout Slot) throws {
        let worker =
            try slot.worker ?? WorkerProcess(program: program, arguments: arguments, setup: setup)
        slot.worker = worker
        slot.jobs.append(job)
        do {
            try worker.channel.send(job.request)
        } catch MessageChannel.Failure.ended {
            // Seen when it is asked for the answer, which deals with all of its jobs.
        }
    }

    /// Waits for what was begun.
    func answer(to identifier: Int) throws -> (WorkerAnswer, [UInt8]) {
        try state.withLock { state in
            while true {
                if let answer = state.answers.removeValue(forKey: identifier) { return answer }
                let slot = state.slots.firstIndex { $0.jobs.contains { $0.identifier == identifier } }
                guard let slot, let job = state.slots[slot].jobs.first, let worker = state.slots[slot].worker else {
                    preconditionFailure("an answer is waited for twice")
                }
                do {
                    if !state.slots[slot].isReady {
                        _ = try worker.channel.receive(String.self, by: .now + Self.startLimit)
                        state.slots[slot].isReady = true
                    }
                    let answer = try worker.channel.receive(WorkerAnswer.self, by: .now + limit(job.request))
                    state.slots[slot].jobs.removeFirst()
                    state.answers[job.identifier] = (answer.header, answer.body)
                } catch let failure as MessageChannel.Failure {
                    let refusal = try restart(&state.slots[slot], after: failure)
                    if let refusal { state.answers[job.identifier] = (refusal, []) }
                }
            }
        }
    }

    /// The answer for the first job, or nil where it is tried once more; all others begin anew.
    private func restart(_ slot: inout Slot, after failure: MessageChannel.Failure) throws -> WorkerAnswer? {
        let end = slot.worker?.finish() ?? ""
        slot.worker = nil
        slot.isReady = false
        var jobs = slot.jobs
        slot.jobs = []
        let refusal: WorkerAnswer?
        if failure == .timedOut || jobs[0].isSecondTry {
            refusal = Self.refusal(of: jobs.removeFirst().request, failure, end)
        } else {
            refusal = nil
            jobs[0].isSecondTry = true
        }
        for job in jobs { try hand(job, to: &slot) }
        return refusal
    }

    private static func refusal(
        of request: WorkerRequest, _ failure: MessageChannel.Failure, _ end: String
    ) -> WorkerAnswer {
        let (code, reason): (ImagingError.Code, String) =
            failure == .timedOut
            ? (.decoderTooSlow, "decoding it took longer than the limit and was stopped")
            : (.decoderCrashed, "the library that decodes it crashed, or took too much memory (\(end))")
        return .refused(
            code, message: "\(request.name) cannot be read: \(reason). Replace the file or take it off the list.",
            isHeldBack: true)
    }

    private func limit(_ request: WorkerRequest) -> Duration {
        // Of a file that is gone by now the worker tells.
        var status = stat()
        let size = stat(request.path, &status) == 0 ? Int(status.st_size) : 0
        return .seconds(secondsPerFile + Self.secondsPerMebibyte * (size >> 20))
    }
}
