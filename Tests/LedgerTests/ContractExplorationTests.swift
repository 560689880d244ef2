import Testing

@testable import Ledger

/// Every interleaving of one round of three members and a coordinator, at every instant that matters: from each state
/// that can be reached, every entry that anybody could sign is tried. Small, but whole: what holds here holds for all
/// orders, not for those that a test's author thought of.
@Suite struct ContractExplorationTests {
    /// What invariants speak of.
    private struct Edge {
        let before: FederationContract
        let after: FederationContract
        let author: Author
        let entry: LedgerEntry
    }

    @Test func everyInterleavingOfARoundKeepsTheInvariants() throws {
        var start = try TestFederation(members: 3, rounds: 1, edit: { $0.with(blockCount: 1) })
        try start.post(.coordinator, .open(start.openEntry()))
        var seen: Set<Digest> = [Self.key(start)]
        var queue = [start]
        var (edges, endings): (Int, [String: Int]) = (0, [:])
        while let federation = queue.popLast() {
            for (author, entry) in try Self.attempts(federation) {
                for instant in Self.instants(federation) {
                    var next = federation
                    do {
                        try next.post(author, entry, at: instant)
                    } catch is Refusal {
                        #expect(Self.key(next) == Self.key(federation), "a refusal left a trace")
                        continue
                    }
                    edges += 1
                    Self.check(
                        Edge(before: federation.contract, after: next.contract, author: author, entry: entry))
                    if let ending = next.round.ending { endings["\(Self.name(ending))", default: 0] += 1 }
                    if seen.insert(Self.key(next)).inserted { queue.append(next) }
                }
            }
        }
        #expect(seen.count > 500 && edges > seen.count, "\(seen.count) states, \(edges) steps")
        #expect(Set(endings.keys) == ["published", "rolledBack", "abandoned"], "\(endings)")
    }

    private static func name(_ ending: RoundState.Ending) -> String {
        switch ending {
        case .published: "published"
        case .rolledBack: "rolledBack"
        case .abandoned: "abandoned"
        }
    }

    /// States are the same when the same may happen from there on: the entry's index and the exact instant are left
    /// out, but for which deadlines have passed.
    private static func key(_ federation: TestFederation) -> Digest {
        var writer = ByteWriter()
        let round = federation.round
        round.encode(to: &writer, members: federation.members.indices)
        for instant in round.deadlines.instants + [round.deadlines.complaint, round.deadlines.contest] {
            writer.append(federation.now >= instant)
        }
        return Digest.sha256(writer.bytes)
    }

    /// Now, and the next deadline.
    private static func instants(_ federation: TestFederation) -> [UInt64] {
        let deadlines = federation.round.deadlines
        return [federation.now] + deadlines.instants.filter { $0 > federation.now }.prefix(1)
    }

    /// Everything that the parties could sign in the phase at hand or out of turn, each once a state.
    private static func attempts(_ federation: TestFederation) throws -> [(Author, LedgerEntry)] {
        let round = federation.round
        guard round.ending == nil else { return [] }
        var entries: [(Author, LedgerEntry)] = [
            (.coordinator, .close(round: 1)), (.coordinator, .beacon(round: 1)),
            (.coordinator, federation.sketchEntry()), (.coordinator, federation.sumEntry()),
            (
                .coordinator,
                .publish(round: 1, model: federation.candidateModel, parent: federation.round.parentModel)
            ),
            (.member(0), .abandon(round: 1, phase: round.phase, reason: .deadline)),
            (.coordinator, .abandon(round: 1, phase: round.phase, reason: .tooFewCommitments)),
            (.member(1), .rollback(round: 1, reason: .deadline, accused: nil)),
            (.member(2), .rollback(round: 1, reason: .votedDown, accused: nil)),
        ]
        for member in federation.members.indices {
            if round.phase <= .reveal {
                entries.append((.member(member), .commit(federation.commitment(member))))
                entries.append((.member(member), .reveal(round: 1, nonce: federation.nonce(member))))
            }
            if round.phase == .vote || round.phase == .report {
                entries.append((.member(member), federation.reportEntry([0], agrees: true)))
                for approve in [true, false] {
                    let vote = LedgerEntry.vote(round: 1, candidate: federation.candidateModel, approve: approve)
                    entries.append((.member(member), vote))
                }
            }
        }
        if round.phase == .verdict, let candidates = round.closedSet {
            let signers = Array(candidates.prefix(federation.t))
            entries.append((.coordinator, .verdict(try federation.verdict(signers: signers))))
            entries.append((.coordinator, .verdict(try federation.verdict(signers: Array(signers.dropLast())))))
        }
        return entries
    }

    private static func check(_ edge: Edge) {
        guard let before = edge.before.round, let after = edge.after.round, let foundation = edge.after.foundation
        else {
            Issue.record("a round vanished")
            return
        }
        #expect(before.ending == nil, "a round that ended goes on")
        #expect(after.phase >= before.phase, "a phase went backwards")
        // What stands, stands: nothing on the ledger is replaced or taken away.
        #expect(before.commitments.allSatisfy { after.commitments[$0] == $1 })
        #expect(before.nonces.allSatisfy { after.nonces[$0] == $1 })
        #expect(before.votes.allSatisfy { after.votes[$0] == $1 })
        #expect(before.verdict == nil || after.verdict == before.verdict, "a second verdict")
        #expect(before.sum == nil || after.sum == before.sum, "a second sum")
        #expect(before.beacon == nil || after.beacon == before.beacon, "a second beacon")
        // U is closed by the rule and by nobody's choice, and is never below the quorum.
        if before.closedSet == nil, let closed = after.closedSet {
            #expect(closed == after.commitments.keys.sorted() && closed.count >= foundation.threshold)
        }
        if let verdict = after.verdict {
            #expect(verdict.signatures.count >= foundation.threshold)
            #expect(verdict.accepted.count >= foundation.minimumAccepted)
            #expect(after.sketch != nil && after.beacon != nil)
        }
        // No sum without a verdict, no model without a sum, confirmed blocks and a quorum of votes.
        if after.sum != nil { #expect(after.verdict != nil) }
        switch after.ending {
        case .published(let model):
            let approvals = after.votes.values.filter { $0.approve && $0.candidate == model }.count
            #expect(after.sum != nil && after.isConfirmed(foundation) && approvals >= foundation.threshold)
            #expect(edge.after.lastPublishedModel == model)
        case .rolledBack:
            #expect(after.sum != nil && edge.after.lastPublishedModel == edge.before.lastPublishedModel)
        case .abandoned:
            #expect(after.sum == nil && edge.after.lastPublishedModel == edge.before.lastPublishedModel)
        case nil:
            #expect(edge.after.lastPublishedModel == edge.before.lastPublishedModel)
        }
    }
}
