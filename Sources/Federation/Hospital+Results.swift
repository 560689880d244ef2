import Ledger
import MultipartyEncryption
import SecureAggregation

extension Hospital {
    /// Sends a finished contribution: spend and digests are durable first, then shares, chunks and commitment go out.
    mutating func send(_ result: Result<PreparedContribution, FederationError>, in round: UInt32) -> [HospitalEffect] {
        guard own?.number == round, own?.progress == .training, own?.isLapsed == false else { return [] }
        switch result {
        case .failure(let error):
            return [.report(error)]
        case .success(let prepared):
            let contribution = prepared.contribution
            let update = digest(of: prepared.secrets.values)
            guard encryptedUpdates.insert(update).inserted else {
                var unused = prepared.secrets
                unused.erase()
                return [
                    .report(
                        FederationError(
                            .reuse,
                            "round \(round): this very update was encrypted in an earlier round; after an opening a "
                                + "retry must train again with fresh noise and a new spend"))
                ]
            }
            own?.secrets = prepared.secrets
            own?.progress = .committed
            account = prepared.account
            var effects: [HospitalEffect] = [
                .persist(
                    .contributed(
                        round: round, update: update, ciphertextRoot: contribution.commitment.ciphertextRoot,
                        spend: contribution.commitment.spend))
            ]
            let tree = ChunkTree(contribution.chunks)
            effects.append(.keep(tree))
            effects += contribution.sealedShares.map { speak(.sealedShare(round: round, $0), for: round) }
            effects.append(speak(.upload(round: round, names: tree.names.digests), for: round))
            return effects + submit(.commit(contribution.commitment), for: round)
        }
    }

    private func digest(of values: [Int64]) -> Digest {
        let words = values.map { $0.littleEndian }
        return Digest.of(words.withUnsafeBytes { Array($0) }, domain: "cordon/update/v1")
    }

    mutating func send(_ answers: OpeningAnswers) -> [HospitalEffect] {
        guard own?.number == answers.round, own?.progress == .answering else { return [] }
        own?.progress = .answered
        return [speak(.answers(answers), for: answers.round)]
    }

    mutating func report(_ check: SumCheck) -> [HospitalEffect] {
        guard own?.number == check.round else { return [] }
        if own?.check == nil {
            own?.check = check
            own?.candidate = check.candidate
        }
        if own?.progress == .checking { own?.progress = .checked }
        var effects: [HospitalEffect] = []
        if !check.agreeing.isEmpty {
            effects += submit(
                .report(
                    round: check.round, blocks: check.agreeing.keys.sorted(), agrees: true,
                    observed: check.agreeing.keys.sorted().compactMap { check.agreeing[$0] }), for: check.round)
        }
        for block in check.differing.keys.sorted() {
            guard let observed = check.differing[block] else { continue }
            effects += submit(
                .report(round: check.round, blocks: [block], agrees: false, observed: [observed]), for: check.round)
        }
        return effects
    }

    mutating func vote(_ approved: Bool, in round: UInt32) -> [HospitalEffect] {
        guard own?.number == round, let progress = own?.progress, progress == .validating || progress == .checked
        else { return [] }
        own?.progress = .voted
        // A hospital that found no sound candidate has nothing to approve: it names the base model and refuses.
        let candidate = own?.candidate.map(modelDigestOf) ?? modelDigest
        return submit(.vote(round: round, candidate: candidate, approve: approved), for: round)
    }
}
