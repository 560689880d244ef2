import Federation
import Ledger
import PoisoningDefence

/// What a verdict remembers can be fetched by its name, and is of all rounds that have a verdict: none is left out.
struct MemoryChecker: SwarmChecker {
    static let invariant = "a verdict remembers"

    mutating func observe(_ observation: SwarmObservation) -> String? {
        guard case .coordinator(.record(let record), let disk) = observation,
            case .verdict(let verdict)? = try? record.entry()
        else { return nil }
        guard let name = verdict.suspicion, let chunk = try? disk.chunk(name), chunkDigest(chunk) == name,
            let suspicion = TriggerSuspicion(bytes: chunk)
        else { return "the verdict of round \(verdict.round) remembers what its coordinator does not have" }
        let verdicts = disk.ledger.prefix { $0.index <= record.index }.compactMap { record -> Ledger.Verdict? in
            if case .verdict(let verdict)? = try? record.entry() { verdict } else { nil }
        }
        // A round of fewer than three sketches says nothing; there may be more sketches than accepted updates.
        let least = verdicts.count { $0.accepted.count >= 3 }
        guard (least...verdicts.count).contains(suspicion.rounds) else {
            return "the verdict of round \(verdict.round) remembers \(suspicion.rounds) rounds of \(verdicts.count)"
        }
        return nil
    }
}
