import Ledger
import MultipartyEncryption
import SecureAggregation

/// From the opened sketches to a signature: contests of false answers, and the verdict everybody recomputes.
extension Hospital {
    /// Answers that are not those on the ledger are of no use: contests and verdicts must rest on the same bytes.
    mutating func compareOpenings(_ state: RoundState) -> [HospitalEffect] {
        guard let digest = own?.gatheredDigest, let posted = state.sketch?.answersDigest, digest != posted else {
            return []
        }
        own?.gathered = nil
        own?.gatheredDigest = nil
        return [
            .report(
                FederationError(
                    .ledger, "round \(state.number): the answers the coordinator sent are not those on the ledger"))
        ]
    }

    /// Before it judges, a dealer compares what the helpers said about its shares with what it dealt them.
    mutating func inspect(_ state: RoundState, at now: Instant) -> [HospitalEffect] {
        guard let own, !own.isInspecting, own.contested == nil, let gathered = own.gathered, let round = closedRound
        else { return [] }
        guard let secrets = own.secrets, state.closedMembers.contains(member),
            now.milliseconds < state.deadlines.contest
        else {
            self.own?.contested = []
            return []
        }
        self.own?.isInspecting = true
        let dealt = agreement.members.indices.map { secrets.dealing.share(for: $0) }
        return [.perform(.inspect(round, gathered, dealt: dealt))]
    }

    /// Publishes the shares that show answers to be false; more than the contract allows never, for they add up.
    mutating func contest(_ helpers: [Int], in number: UInt32) -> [HospitalEffect] {
        guard own?.number == number, own?.isInspecting == true, let own, let secrets = own.secrets,
            let gathered = own.gathered, let state = log.contract.round, state.number == number,
            let foundation = log.contract.foundation
        else { return [] }
        self.own?.isInspecting = false
        let published = Set((state.publishedShares[member] ?? [:]).keys)
        let room = max(0, foundation.maximumPublishedShares - published.count)
        let fresh = helpers.filter { !published.contains($0) }.prefix(room)
        let contested = helpers.filter { published.contains($0) || fresh.contains($0) }
        self.own?.contested = contested
        return contested.flatMap { helper -> [HospitalEffect] in
            guard let answer = gathered.answers[helper] else { return [] }
            return submit(
                .contest(
                    round: number, helper: helper, answerDigest: answer.digest(about: member),
                    share: secrets.dealing.share(for: helper).bytes), for: number)
        }
    }

    /// Judges once the own contests stand on the ledger, and again whenever another hospital's joins them.
    mutating func judge(_ state: RoundState) -> [HospitalEffect] {
        guard let own, own.progress < .released, isMemoryCurrent, let contested = own.contested,
            let gathered = own.gathered, let round = closedRound, own.judgedContests != round.contests.count
        else { return [] }
        let standing = Set(round.contests.filter { $0.dealer == member }.map(\.helper))
        guard standing.isSuperset(of: contested) else { return [] }
        self.own?.progress = .judging
        self.own?.judgedContests = round.contests.count
        return [.perform(.judge(round, gathered, memory.suspicion))]
    }

    /// Signs the verdict this hospital came to; the coordinator needs t equal ones.
    mutating func sign(_ judgement: Judgement?, in round: UInt32) -> [HospitalEffect] {
        // A judgement that a contest has overtaken is followed by another.
        guard own?.number == round, own?.progress == .judging, let judgement, let state = log.contract.round,
            state.number == round, state.phase == .verdict, judgement.contestCount == state.contests.count
        else { return [] }
        own?.judgement = judgement
        own?.progress = .signed
        // An opening that differs from what the coordinator posted is a lie of one of the two: no signature.
        guard !state.contests.isEmpty || judgement.sketchesDigest == state.sketch?.sketchesDigest else {
            return [
                .report(
                    FederationError(
                        .ledger, "round \(round): the posted sketches are not the ones this hospital recomputed"))
            ]
        }
        guard !judgement.isAlarmed else {
            return [
                .report(
                    FederationError(
                        .malformedMessage,
                        "round \(round): more than \(agreement.corruptible) hospitals teach the model to obey a mark "
                            + "on the image; no verdict is signed, no model comes of this round: talk to the others"))
            ]
        }
        guard judgement.isDecided else {
            return [
                .report(
                    FederationError(
                        .malformedMessage,
                        "round \(round): too few answers that can be trusted to judge every hospital; no verdict"))
            ]
        }
        do {
            let message = state.verdict(judgement, signatures: [])
                .signingMessage(in: state, federation: federation)
            let signature = try identity.sign(message)
            return [speak(.verdictSignature(round: round, signature: signature), for: round)]
        } catch {
            return [.report(FederationError(.badSignature, "the verdict could not be signed: \(error)"))]
        }
    }
}
