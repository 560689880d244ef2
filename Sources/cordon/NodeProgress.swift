import Federation
import FederationService
import Foundation
import Ledger

/// Tells a person, line by line on standard output, how a node comes along.
struct NodeProgress: Sendable {
    let isQuiet: Bool

    func say(_ line: String) {
        if !isQuiet { StandardStreams.write(line + "\n", to: .standardOutput) }
    }

    func tell(_ event: NodeEvent) {
        switch event {
        case .restored(let rounds, let events):
            if rounds > 0 || events > 0 {
                say("restored: \(rounds) rounds had ended, \(events) events of the journal stepped again")
            }
        case .opened(let round, let count): say("round \(round)/\(count) open")
        case .entered(let phase, let round): say("round \(round)  \(phase)")
        case .ended(let round, let ending): say("round \(round)  \(Self.words(for: ending))")
        case .adopted(let round, let model): say("round \(round)  model \(modelDigestOf(model).hex)")
        // The log has said it on standard error.
        case .reported: break
        case .finished: say("every round has ended")
        }
    }

    static func words(for ending: RoundState.Ending) -> String {
        switch ending {
        case .published: "published"
        case .rolledBack(let reason, let accused):
            "rolled back: \(reason)" + (accused.map { ", accused: \($0)" } ?? "")
        case .abandoned(let phase, let reason): "abandoned in \(phase): \(reason)"
        }
    }
}
