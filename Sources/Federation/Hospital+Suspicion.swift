import Ledger
import PoisoningDefence

/// How a hospital keeps up with what earlier rounds say of planted triggers. It computes that itself; whoever missed a
/// verdict takes what t others signed, by its name on the ledger.
extension Hospital {
    /// Takes the suspicion that the latest verdict names: the own, or else the chunk of that name.
    mutating func remember() -> [HospitalEffect] {
        guard let name = log.contract.lastSuspicion, name != memory.name else { return [] }
        if let suspicion = own?.judgement?.suspicion, suspicion.name == name {
            memory = SuspicionMemory(suspicion)
            missedSuspicion = nil
            return []
        }
        guard missedSuspicion?.name != name else { return [] }
        var missed = MissedSuspicion(name: name)
        let fresh = missed.requests.ask([name])
        missedSuspicion = missed
        return [.fetch(names: fresh)]
    }

    /// Whether this hospital knows what it must to judge: without the rounds before, it signs nothing.
    var isMemoryCurrent: Bool { memory.name == log.contract.lastSuspicion }

    /// Reads the chunk once it is here.
    mutating func recall(_ names: [Digest]) -> [HospitalEffect] {
        missedSuspicion?.requests.take(names)
        guard let missed = missedSuspicion, missed.requests.isComplete, !missed.isReading else { return [] }
        missedSuspicion?.isReading = true
        return [.perform(.recall(name: missed.name))]
    }

    /// Takes it in if it still is what the latest verdict names. After a failure the next round asks again.
    mutating func take(_ result: Result<TriggerSuspicion, FederationError>, suspicion name: Digest)
        -> [HospitalEffect]
    {
        guard missedSuspicion?.name == name else { return [] }
        switch result {
        case .failure(let error):
            return [.report(error)]
        case .success(let suspicion):
            missedSuspicion = nil
            if name == log.contract.lastSuspicion { memory = SuspicionMemory(suspicion) }
            return []
        }
    }
}
