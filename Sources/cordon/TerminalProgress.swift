import Foundation
import Report
import Simulation
import Synchronization

/// Shows a run: one live line with the time left on a terminal, plain lines elsewhere, warnings only when quiet.
final class TerminalProgress: ProgressReporter {
    private struct State {
        var live = ""
        var round = 0
        var rounds = 0
        var roundSeconds: [Double] = []
        var phase = ""
        var lastLine = ContinuousClock.now
    }

    private let isQuiet: Bool
    private let isLive: Bool
    private let state = Mutex(State())

    init(isQuiet: Bool) {
        self.isQuiet = isQuiet
        self.isLive = !isQuiet && StandardStreams.isTerminal
    }

    func report(_ event: ProgressEvent) {
        if isQuiet {
            if case .warning(let text) = event { StandardStreams.write("warning: \(text)\n", to: .standardError) }
            return
        }
        state.withLock { state in
            switch event {
            case .loading(let done, let total): loading(done, total, &state)
            case .note(let text): line(text, &state)
            case .warning(let text): line("warning: \(text)", &state)
            case .roundStarted(let number, let rounds):
                state.round = number
                state.rounds = rounds
                state.phase = ""
            case .phase(let name):
                state.phase = name
                live(roundText(state), &state)
            case .hospitalTrained(let done, let total):
                live(roundText(state) + "  \(done) of \(total) trained", &state)
            case .roundEnded(let round):
                state.roundSeconds.append(round.seconds)
                line(ProgressText.round(round), &state)
                live(ProgressText.timeLeft(after: state.roundSeconds, of: round.rounds), &state)
            case .finished(let seconds): line("done in \(ProgressText.duration(seconds))", &state)
            }
        }
    }

    private func roundText(_ state: State) -> String {
        let left = ProgressText.timeLeft(after: state.roundSeconds, of: state.rounds)
        return "round \(state.round)/\(state.rounds)  \(state.phase)" + (left.isEmpty ? "" : "  \(left)")
    }

    /// Every step on a terminal, every ten seconds elsewhere.
    private func loading(_ done: Int, _ total: Int, _ state: inout State) {
        live("images \(done)/\(total)", &state)
        guard !isLive, ContinuousClock.now - state.lastLine >= .seconds(10) else { return }
        line("images \(done)/\(total)", &state)
    }

    private func line(_ text: String, _ state: inout State) {
        StandardStreams.write((state.live.isEmpty ? "" : "\r\u{1B}[2K") + text + "\n", to: .standardOutput)
        state.live = ""
        state.lastLine = .now
    }

    private func live(_ text: String, _ state: inout State) {
        guard isLive else { return }
        let shown = String(text.prefix(StandardStreams.columns - 1))
        guard shown != state.live else { return }
        StandardStreams.write("\r\u{1B}[2K" + shown, to: .standardOutput)
        state.live = shown
    }
}
