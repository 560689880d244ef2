import Foundation
import Report
import Simulation

/// The words of the progress display.
enum ProgressText {
    /// One line for a round that has ended.
    static func round(_ round: RoundProgress) -> String {
        let width = String(round.rounds).count
        let number = String(repeating: " ", count: width - String(round.number).count) + "\(round.number)"
        var parts = ["round \(number)/\(round.rounds)"]
        switch round.outcome {
        case .published: break
        case .abandoned: parts.append("ABANDONED" + (round.reason.map { ": \($0)" } ?? ""))
        case .rolledBack: parts.append("ROLLED BACK" + (round.reason.map { ": \($0)" } ?? ""))
        }
        if let accuracy = round.accuracy { parts.append("accuracy \(String(format: "%.3f", accuracy))") }
        if let auc = round.auc { parts.append("AUC \(String(format: "%.3f", auc))") }
        parts.append("\(round.accepted) accepted")
        if !round.excluded.isEmpty {
            parts.append("excluded: " + round.excluded.map { "\($0.hospital) (\($0.reason))" }.joined(separator: ", "))
        }
        if !round.absent.isEmpty { parts.append("absent: " + round.absent.joined(separator: ", ")) }
        parts.append(String(format: "%.1f s", round.seconds))
        return parts.joined(separator: "  ")
    }

    /// The time that the remaining rounds will take at the mean pace so far; empty before the first has ended.
    static func timeLeft(after seconds: [Double], of rounds: Int) -> String {
        guard !seconds.isEmpty, rounds > seconds.count else { return "" }
        let mean = seconds.reduce(0, +) / Double(seconds.count)
        return "about \(duration(mean * Double(rounds - seconds.count))) left"
    }

    /// For instance `48 s` or `3 min 05 s`.
    static func duration(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded())
        return whole < 60 ? "\(whole) s" : String(format: "%d min %02d s", whole / 60, whole % 60)
    }
}
