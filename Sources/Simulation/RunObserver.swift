import Federation
import Report
import Synchronization

/// Watches a run for a person: tells the progress reporter, and evaluates each published model beside the run.
final class RunObserver: Sendable {
    typealias Evaluation = @Sendable ([Float]) -> RunSummary.Scores?

    private struct State {
        var round = 0
        var roundStart = ContinuousClock.now
        var trained = 0
        var evaluations: [Int: Task<RunSummary.Scores?, Never>] = [:]
        var models: [Int: [Float]] = [:]
        var ended: [FederationTrace.Round] = []
    }

    private let state = Mutex(State())
    private let reporter: any ProgressReporter
    private let rounds: Int
    private let names: [String]
    private let evaluate: Evaluation

    init(reporter: any ProgressReporter, rounds: Int, names: [String], evaluate: @escaping Evaluation) {
        self.reporter = reporter
        self.rounds = rounds
        self.names = names
        self.evaluate = evaluate
    }

    func opened(round: Int) {
        state.withLock {
            $0.round = round
            $0.roundStart = .now
            $0.trained = 0
        }
        reporter.report(.roundStarted(number: round, of: rounds))
    }

    func entered(phase: String) { reporter.report(.phase(name: phase)) }

    func trained(_ member: Int, round: UInt32) {
        let done = state.withLock {
            $0.trained += 1
            return $0.trained
        }
        reporter.report(.hospitalTrained(done: done, of: names.count))
    }

    /// Begins the evaluation of a published model; it runs beside the next round.
    func published(_ model: [Float], round: Int) {
        let evaluate = evaluate
        let task = Task.detached { evaluate(model) }
        state.withLock {
            $0.evaluations[round] = task
            $0.models[round] = model
        }
        guard let ended = state.withLock({ $0.ended.last }), ended.number == round else { return }
        announce(ended)
    }

    func ended(_ round: FederationTrace.Round) {
        state.withLock { $0.ended.append(round) }
        // A published round is announced when its model is there.
        if round.outcome != "published" { announce(round) }
    }

    private func announce(_ round: FederationTrace.Round) {
        let (task, start) = state.withLock { ($0.evaluations[round.number], $0.roundStart) }
        let seconds = (ContinuousClock.now - start).seconds
        let reporter = reporter
        let rounds = rounds
        let names = names
        Task.detached {
            let scores = await task?.value
            reporter.report(
                .roundEnded(
                    RoundProgress(
                        number: round.number, rounds: rounds, outcome: round.summaryOutcome, reason: round.reason,
                        accuracy: scores?.accuracy, auc: scores?.auc, accepted: round.accepted.count,
                        excluded: round.exclusions.map { $0.summary(names: names) },
                        absent: round.absent(of: names), seconds: seconds)))
        }
    }

    /// Scores of every published round, once all evaluations are done.
    func scores() async -> [Int: RunSummary.Scores] {
        let tasks = state.withLock { $0.evaluations }
        var scores: [Int: RunSummary.Scores] = [:]
        for (round, task) in tasks { scores[round] = await task.value }
        return scores
    }

    /// The model published last, with its round.
    var lastModel: (round: Int, parameters: [Float])? {
        state.withLock { state in
            state.models.keys.max().flatMap { round in state.models[round].map { (round, $0) } }
        }
    }
}
