import Foundation
import Ledger

/// Spent and left of every hospital's ε, as the commitments on a ledger say.
struct PrivacyBudgetTable: Encodable {
    struct Row: Encodable {
        let hospital: String
        let epsilonSpent: Double
        let epsilonLeft: Double
        let updates: Int
        let steps: UInt32
        /// Deviation of the noise in clip norms, of the latest update.
        let noiseMultiplier: Double
        let samplingRate: Double
    }

    /// Nil where the agreement asks for no patient-level privacy.
    let epsilonBudget: Double?
    let rows: [Row]

    /// - Throws: `CommandFailure` for a ledger without foundation; `LedgerError` for an entry that is none.
    init(_ records: [LedgerRecord], of directory: String) throws {
        guard case .foundation(let foundation)? = try records.first?.entry() else {
            throw CommandFailure(.badData, "\(directory): the ledger begins with no foundation")
        }
        var spends: [Int: [PrivacySpend]] = [:]
        for record in records {
            guard case .commit(let commitment) = try record.entry(), case .member(let member) = record.author else {
                continue
            }
            spends[member, default: []].append(commitment.spend)
        }
        let budget = Double(foundation.epsilonBudgetMicros) / 1e6
        epsilonBudget = budget > 0 ? budget : nil
        rows = foundation.members.enumerated().map { index, member in
            let own = spends[index] ?? []
            let spent = Double(own.map(\.epsilonMicrosAfter).max() ?? 0) / 1e6
            return Row(
                hospital: member.name, epsilonSpent: spent, epsilonLeft: max(0, budget - spent), updates: own.count,
                steps: own.map(\.steps).max() ?? 0,
                noiseMultiplier: Double(own.last?.noiseMultiplierMicros ?? 0) / 1e6,
                samplingRate: Double(own.last?.samplingRateMicros ?? 0) / 1e6)
        }
    }

    var text: String {
        guard let epsilonBudget else {
            return "No budget: the agreement asks for no differential privacy of patients.\n"
        }
        let width = max(8, rows.map(\.hospital.count).max() ?? 0) + 2
        var lines = [
            "budget of every patient over all rounds: ε = \(epsilonBudget)", "",
            "hospital".padding(toLength: width, withPad: " ", startingAt: 0)
                + "     spent      left   updates     steps",
        ]
        for row in rows {
            let filled = Int((20 * min(1, row.epsilonSpent / epsilonBudget)).rounded())
            lines.append(
                row.hospital.padding(toLength: width, withPad: " ", startingAt: 0)
                    + String(
                        format: "%10.4f%10.4f%10d%10d  ", row.epsilonSpent, row.epsilonLeft, row.updates, Int(row.steps)
                    )
                    + String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
