import Foundation
import Ledger
import Operations
import Testing

@testable import Dashboard

@Suite struct LedgerOperationsTests {
    @Test func metricsCountWhatTheLedgerSays() async throws {
        let ledger = try ServedLedger.eventful()
        let text = LedgerMetrics.registry(of: await ledger.follower().current()).prometheusText
        let lines = Set(text.split(separator: "\n").map(String.init))
        for line in [
            "cordon_ledger_healthy 1", "cordon_ledger_entries \(ledger.federation.log.size)",
            "cordon_ledger_checkpoint_entries \(ledger.federation.log.size)", "cordon_open_round 3",
            "cordon_open_round_phase{phase=\"commit\"} 1", "cordon_open_round_phase{phase=\"vote\"} 0",
            "cordon_rounds_total{outcome=\"published\"} 2", "cordon_epsilon_budget 8",
            "cordon_epsilon_spent{hospital=\"hospital-0\"} 3.75", "cordon_round_seconds_count 2",
            "cordon_participations_total{hospital=\"hospital-3\",standing=\"excluded\"} 1",
            "cordon_participations_total{hospital=\"hospital-4\",standing=\"absent\"} 1",
        ] { #expect(lines.contains(line), "\(line)") }
        let empty = LedgerFollower(directory: "/nowhere") { _, _ in TestFederation.checks(threshold: 2) }
        let none = LedgerMetrics.registry(of: await empty.current()).prometheusText
        #expect(none.contains("cordon_ledger_healthy 0\n") && none.contains("cordon_ledger_entries 0\n"))
    }

    @Test func everyEndedRoundIsATraceOfItsPhases() throws {
        var federation = try TestFederation(budget: 8_000_000)
        try federation.eventfulRounds()
        try federation.post(
            .coordinator, .abandon(round: 3, phase: .commit, reason: .deadline), at: federation.deadlines.reveal)
        var tracer = RoundTracer(service: "ledger")
        for record in federation.log.records { tracer.adopt(try record.entry(), of: record) }
        let spans = tracer.takeEnded()
        let rounds = spans.filter { $0.parent == nil }
        #expect(rounds.count == 3 && Set(rounds.map(\.trace)).count == 3)
        #expect(rounds.map { $0.attributes["outcome"]?.description } == ["published", "published", "abandoned"])
        #expect(rounds.map(\.hasFailed) == [false, false, true])
        for round in rounds {
            let phases = spans.filter { $0.parent == round.identifier }
            #expect(phases.allSatisfy { $0.trace == round.trace })
            #expect(phases.first?.start == round.start && phases.last?.end == round.end)
            #expect(zip(phases, phases.dropFirst()).allSatisfy { $0.end == $1.start }, "no gap between phases")
        }
        let names = spans.filter { $0.parent == rounds[0].identifier }.map { $0.attributes["phase"]?.description }
        #expect(names == RoundPhase.allCases.map { "\($0)" })
        #expect(tracer.takeEnded().isEmpty)
    }
}
