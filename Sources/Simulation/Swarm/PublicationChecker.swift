import Federation
import Ledger

/// Invariant 5: whoever uses a model has its publication on its own durable ledger.
struct PublicationChecker: SwarmChecker {
    static let invariant = "record before publish"

    mutating func observe(_ observation: SwarmObservation) -> String? {
        switch observation {
        case .hospital(let member, .adopt(let round, let model), let disk):
            return check(model, of: round, disk, by: "hospital-\(member)")
        case .coordinator(.publish(let round, let model), let disk):
            return check(model, of: round, disk, by: "the coordinator")
        default: return nil
        }
    }

    private func check(_ model: [Float], of round: UInt32, _ disk: SwarmDisk, by party: String) -> String? {
        let digest = modelDigestOf(model)
        let isRecorded = disk.ledger.reversed().contains { record in
            if case .publish(let number, digest, _)? = try? record.entry() { number == round } else { false }
        }
        return isRecorded ? nil : "\(party) used a model of round \(round) that its ledger does not publish"
    }
}
