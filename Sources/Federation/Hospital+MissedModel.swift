import Ledger

/// How a hospital that was away comes by the published model: it asks, is told the names of its chunks, fetches them
/// and puts them together.
extension Hospital {
    /// Asks for the published model; the outbox repeats the question until it is heard.
    mutating func requestMissedModel(_ state: RoundState) -> [HospitalEffect] {
        guard let published = log.contract.lastPublishedModel, modelDigest != published,
            requestedModel != published
        else { return [] }
        requestedModel = published
        return [speak(.modelRequest(published), for: state.number)]
    }

    mutating func fetchModel(_ names: [Digest]) -> [HospitalEffect] {
        guard let published = requestedModel, modelDigest != published, missedModel?.digest != published,
            names.count == ModelChunks.count(parameters: model.count)
        else { return [] }
        var missed = MissedModel(digest: published, names: names)
        let fresh = missed.requests.ask(names)
        missedModel = missed
        return [.fetch(names: fresh)]
    }

    /// Takes in chunks that have come, whatever they were wanted for.
    mutating func take(_ names: [Digest]) -> [HospitalEffect] {
        own?.requests.take(names)
        missedModel?.requests.take(names)
        let recalling = recall(names)
        guard let missed = missedModel, missed.requests.isComplete, !missed.isReading else { return recalling }
        missedModel?.isReading = true
        return recalling + [.perform(.assemble(names: missed.names, expecting: missed.digest))]
    }

    /// Adopts the missed model if it still is the published one. After a failure the next round asks again.
    mutating func take(_ result: Result<[Float], FederationError>, model digest: Digest) -> [HospitalEffect] {
        guard let missed = missedModel, missed.digest == digest else { return [] }
        missedModel = nil
        switch result {
        case .failure(let error):
            return [.report(error)]
        case .success(let assembled):
            guard log.contract.lastPublishedModel == digest, let round = log.contract.publishedRounds.last else {
                return []
            }
            model = assembled
            return [.adopt(round: round, model: assembled)]
        }
    }
}
