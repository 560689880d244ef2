import Foundation
import Ledger
import Report

/// One round in full: where every hospital stands, the deadlines, what stands on the ledger.
struct RoundView {
    struct Member {
        let name: String
        let mark: ParticipationMark
        let committed: String
        let nonce: String
        let checks: String
        let vote: String
    }

    struct Deadline {
        let phase: String
        let meaning: String
        let instant: String
        let distance: String
        let isCurrent: Bool
    }

    let number: String
    let outcome: String
    let outcomeClass: String
    let waitsFor: String?
    let members: [Member]
    let deadlines: [Deadline]
    let hasDeadlines: Bool
    let facts: [Fact]
    /// Paths of the neighbouring rounds.
    let previous: String?
    let next: String?

    init(_ round: RoundState, in snapshot: LedgerSnapshot) {
        number = "\(round.number)"
        (outcomeClass, outcome) = round.outcome(names: snapshot.name(of:))
        waitsFor = round.ending == nil ? round.phase.words : nil
        var committed: [Int: UInt64] = [:]
        var opened: UInt64?
        for (entry, record) in zip(snapshot.entries, snapshot.records) where entry.round == round.number {
            if case .commit = entry, case .member(let member) = record.author {
                committed[member] = record.timestampMilliseconds
            }
            if case .open = entry { opened = record.timestampMilliseconds }
        }
        members = snapshot.names.indices.map { member in
            Member(
                name: snapshot.name(of: member), mark: Participation(of: member, in: round).mark,
                committed: committed[member].map(Instants.text) ?? "–",
                nonce: Self.nonce(of: member, in: round), checks: Self.checks(of: member, in: round),
                vote: round.votes[member].map { $0.approve ? "approves" : "refuses" } ?? "–")
        }
        deadlines = Self.deadlines(of: round, now: snapshot.clockMilliseconds)
        hasDeadlines = !deadlines.isEmpty
        previous = round.number > 1 ? "/rounds/\(round.number - 1)" : nil
        next = round.number < snapshot.rounds.last?.number ?? 0 ? "/rounds/\(round.number + 1)" : nil
        facts = Self.facts(of: round, opened: opened, in: snapshot)
    }

    private static func nonce(of member: Int, in round: RoundState) -> String {
        if round.nonces[member] != nil { return "known" }
        return round.closedSet?.contains(member) == true ? "not yet" : "–"
    }

    private static func checks(of member: Int, in round: RoundState) -> String {
        let own = round.reports.flatMap { block, reports in
            reports.filter { $0.member == member }.map { (block: block, agrees: $0.agrees) }
        }
        let refuted = own.filter { !$0.agrees }.map { Int($0.block) }
        if !refuted.isEmpty { return "REFUTES block \(Figures.ranges(refuted))" }
        return own.isEmpty ? "–" : "confirms block \(Figures.ranges(own.map { Int($0.block) }))"
    }

    private static func deadlines(of round: RoundState, now: UInt64) -> [Deadline] {
        guard round.ending == nil else { return [] }
        let all: [(String, String, UInt64, Bool)] = [
            ("commit", "commitments are refused from here on", round.deadlines.commit, round.phase == .commit),
            ("complaint", "complaints are refused from here on", round.deadlines.complaint, false),
            ("reveal", "reveals are refused from here on", round.deadlines.reveal, round.phase == .reveal),
            ("sketch", "sketches must be opened before", round.deadlines.sketch, round.phase == .sketch),
            ("contest", "contests are refused from here on", round.deadlines.contest, false),
            ("verdict", "the verdict must stand before", round.deadlines.verdict, round.phase == .verdict),
            ("sum", "the sum must be opened before", round.deadlines.sum, round.phase == .sum),
            ("report", "silent checkers' blocks pass to everybody", round.deadlines.report, round.phase == .report),
            ("vote", "votes are refused from here on", round.deadlines.vote, round.phase == .vote),
        ]
        return all.map {
            Deadline(
                phase: $0, meaning: $1, instant: Instants.text($2), distance: Instants.distance($2, from: now),
                isCurrent: $3)
        }
    }

    private static func facts(of round: RoundState, opened: UInt64?, in snapshot: LedgerSnapshot) -> [Fact] {
        var facts = [Fact("Opened", opened.map(Instants.text) ?? "–"), Fact("On model", code: round.parentModel.hex)]
        if let closed = round.closedSet {
            facts.append(Fact("Candidates", closed.map(snapshot.name(of:)).joined(separator: ", ")))
        }
        if let beacon = round.beacon { facts.append(Fact("Beacon", code: beacon.hex)) }
        if let verdict = round.verdict {
            let signers = verdict.signatures.map { snapshot.name(of: $0.member) }
            facts.append(Fact("Verdict signed by", signers.joined(separator: ", ")))
        }
        if let sum = round.sum { facts.append(Fact("Root of the encrypted sum", code: sum.encryptedSumRoot.hex)) }
        if case .published(let model) = round.ending { facts.append(Fact("Published model", code: model.hex)) }
        return facts
    }
}

extension LedgerSnapshot {
    /// What deadlines are compared with: the clock on the wall, or where a simulated ledger's clock stands if that is
    /// more than a day away.
    var clockMilliseconds: UInt64 {
        let wall = UInt64(max(0, readAt.timeIntervalSince1970 * 1000))
        let last = log?.contract.lastTimestampMilliseconds ?? wall
        return (wall > last ? wall - last : last - wall) > 86_400_000 ? last : wall
    }
}
