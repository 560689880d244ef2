import FederationFixtures
import Ledger
import PoisoningDefence
import SecureAggregation
import Testing

@testable import Federation

/// False answers about sketches: the dealer shows them to be false, everybody leaves them out, the liar is named.
@Suite struct ContestTests {
    /// A round in which some helpers lie about some dealers, and others vanish before they answer.
    private func rehearsal(
        _ given: TestFederation, liars: Set<Int>, about dealers: Set<Int>, absent: Set<Int> = []
    ) throws -> Rehearsal {
        var rehearsal = try Rehearsal(given)
        let lies = OpeningLies(given: given)
        rehearsal.isSilent = { member, _, phase in absent.contains(member) && phase >= .sketch }
        rehearsal.lies = { member, event in
            guard liars.contains(member), case .answered(let answers) = event else { return event }
            return .answered(lies.forged(answers, by: member, about: dealers))
        }
        return rehearsal
    }

    @Test(arguments: [(5, [0]), (5, [0, 1, 2, 3]), (6, [2]), (10, [4, 5])], [1, 2])
    func liarIsNamedAndNobodyElseSuffers(federation: (members: Int, dealers: [Int]), seed: Int) throws {
        let given = try TestFederation(members: federation.members)
        let liar = federation.members - seed
        let dealers = Set(federation.dealers).subtracting([liar])
        var rehearsal = try rehearsal(given, liars: [liar], about: dealers)
        try rehearsal.run()
        let round = try #require(rehearsal.contract.endedRounds.first)
        #expect(Set(round.contests.map(\.dealer)) == dealers)
        #expect(round.contests.allSatisfy { $0.helper == liar })
        let verdict = try #require(round.verdict)
        #expect(verdict.accepted == Array(0..<federation.members).filter { $0 != liar })
        #expect(verdict.exclusions.map(\.member) == [liar])
        #expect(verdict.exclusions.map(\.reason) == [.falseAnswer])
        #expect(verdict.exclusions.first?.details.first == Int64(dealers.count))
        #expect(rehearsal.publishedCount == 1, "\(rehearsal.endings) \(rehearsal.reports)")
        #expect(rehearsal.reports.isEmpty)
    }

    /// With exactly t answers every lie lies on a polynomial. The dealer still sees it and names the liar; what rests
    /// on the liar's other answers cannot be judged, so nobody signs and nobody honest is excluded.
    @Test func forgedAnswerAmongExactlyTheThresholdIsContested() throws {
        let given = try TestFederation()
        var rehearsal = try rehearsal(given, liars: [3], about: [0], absent: [4])
        try rehearsal.run()
        let round = try #require(rehearsal.contract.endedRounds.first)
        #expect(round.contests.map(\.dealer) == [0] && round.contests.map(\.helper) == [3])
        #expect(round.verdict == nil)
        #expect(round.ending == .abandoned(.verdict, .deadline))
        #expect(rehearsal.contract.lastPublishedModel == given.agreement.initialModel)
        for member in 0..<3 {
            #expect(rehearsal.reports.contains { $0.contains("hospital \(member)") && $0.contains("trusted") })
        }
    }

    /// Three liars move their answers by a polynomial that is zero at the six honest helpers: more than t answered, all
    /// on one polynomial, and the sketch it opens to is false. No comparison of answers among themselves sees that.
    @Test func liarsInLeagueAreNamedThoughAllAnswersAgree() throws {
        let given = try TestFederation(members: 10)
        let lies = OpeningLies(given: given)
        var rehearsal = try Rehearsal(given)
        rehearsal.isSilent = { member, _, phase in member == 6 && phase >= .sketch }
        rehearsal.lies = { member, event in
            guard member >= 7, case .answered(let answers) = event else { return event }
            return .answered(lies.conspiring(answers, by: member, about: [2], sparing: Array(0..<6)))
        }
        try rehearsal.run { $0.contract.round?.phase == .verdict && $0.coordinator.round?.judgement != nil }
        // No rule finds fault with the sketch of member 2 as it was opened, and it is not its sketch.
        let opened = try #require(rehearsal.coordinator.round?.judgement)
        let state = try #require(rehearsal.contract.round)
        let families = given.publics.families(
            federation: try given.federation, seed: state.seed, beacon: try #require(state.beacon))
        #expect(opened.verdict.exclusions.isEmpty)
        for sketch in opened.sketches {
            let honest = families.sketch(of: try #require(rehearsal.contributed[1]?[sketch.member]))
            #expect((sketch.digits == honest) == (sketch.member != 2), "member \(sketch.member)")
        }
        try rehearsal.run()
        let round = try #require(rehearsal.contract.endedRounds.first)
        #expect(round.contests.map(\.dealer) == [2, 2, 2] && round.contests.map(\.helper) == [7, 8, 9])
        // Absent and lying are more than n − t: too few true answers are left to judge the others.
        #expect(round.verdict == nil && round.ending == .abandoned(.verdict, .deadline))
    }

    /// t others could sign before the contest gets through: the verdict waits for every word that may come.
    @Test func verdictWaitsForASlowDealer() throws {
        let given = try TestFederation(members: 6)
        var rehearsal = try rehearsal(given, liars: [5], about: [0])
        var swallowed = 0
        rehearsal.swallows = { member, message in
            guard member == 0, case .submit(.contest, _) = message, swallowed < 2 else { return false }
            swallowed += 1
            return true
        }
        try rehearsal.run()
        let round = try #require(rehearsal.contract.endedRounds.first)
        #expect(swallowed == 2)
        #expect(round.verdict?.accepted == [0, 1, 2, 3, 4])
        #expect(rehearsal.publishedCount == 1, "\(rehearsal.endings)")
    }

    @Test func threeLiarsOfTenAreAllNamed() throws {
        let given = try TestFederation(members: 10)
        var rehearsal = try rehearsal(given, liars: [7, 8, 9], about: [0, 1])
        try rehearsal.run()
        let round = try #require(rehearsal.contract.endedRounds.first)
        #expect(round.contests.count == 6)
        #expect(round.verdict?.accepted == Array(0..<7))
        #expect(rehearsal.publishedCount == 1, "\(rehearsal.endings) \(rehearsal.reports)")
        // No dealer shows more shares than a coalition may have on top of its own.
        let most = given.agreement.threshold - 1 - given.agreement.corruptible
        #expect(round.publishedShares.values.allSatisfy { $0.count <= most })
    }

    /// A dealer that contests right answers shows its own shares and harms nobody; how many it may show is limited.
    @Test(arguments: [[1], [0, 2], [0, 1, 2, 3]])
    func framingHarmsNobody(helpers: [Int]) throws {
        let given = try TestFederation()
        var rehearsal = try Rehearsal(given)
        rehearsal.lies = { member, event in
            guard member == 4, case .inspected(let round, _) = event else { return event }
            return .inspected(round: round, falseHelpers: helpers)
        }
        try rehearsal.run()
        let round = try #require(rehearsal.contract.endedRounds.first)
        #expect(round.contests.map(\.helper) == Array(helpers.prefix(2)))
        // What the contract would refuse is not even sent: the coordinator would have seen the share.
        let shown = try rehearsal.messages(from: 4).compactMap { message -> Int? in
            if case .submit(.contest(_, let helper, _, _), _) = message { helper } else { nil }
        }
        #expect(Set(shown) == Set(helpers.prefix(2)))
        #expect(round.verdict?.accepted == [0, 1, 2, 3, 4])
        #expect(rehearsal.publishedCount == 1, "\(rehearsal.endings) \(rehearsal.reports)")
    }

    /// A dealer and a helper in league, with exactly t answers: the sketch opens as they like and nobody contests. The
    /// sum is not the sum of such sketches, so nothing is published.
    @Test func whitewashedSketchFailsTheSumCheck() throws {
        let given = try TestFederation(members: 7)
        var rehearsal = try Rehearsal(given)
        let lies = OpeningLies(given: given)
        rehearsal.isSilent = { member, _, phase in member >= 5 && phase >= .sketch }
        rehearsal.lies = { member, event in
            switch event {
            case .answered(let answers) where member == 4:
                (try? lies.shifted(answers, by: 4, about: 3, among: [0, 1, 2, 3, 4])).map { .answered($0) } ?? event
            case .inspected(let round, _) where member == 3: .inspected(round: round, falseHelpers: [])
            default: event
            }
        }
        try rehearsal.run()
        let round = try #require(rehearsal.contract.endedRounds.first)
        #expect(round.contests.isEmpty && round.verdict?.accepted == Array(0..<7))
        #expect(round.ending == .abandoned(.sum, .deadline))
        #expect(rehearsal.reports.contains { $0.contains("the sum of the sketches is not the sketch of the sum") })
        #expect(rehearsal.contract.lastPublishedModel == given.agreement.initialModel)
    }

    /// Answers of a present dealer's helpers that lie on no polynomial, uncontested: the dealing itself is at fault.
    @Test func uncontestedDisagreementExcludesTheDealer() throws {
        let given = try TestFederation()
        var rehearsal = try rehearsal(given, liars: [0], about: [4])
        let forge = rehearsal.lies
        rehearsal.lies = { member, event in
            guard member == 4, case .inspected(let round, _) = event else { return forge(member, event) }
            return .inspected(round: round, falseHelpers: [])
        }
        try rehearsal.run()
        let round = try #require(rehearsal.contract.endedRounds.first)
        #expect(round.verdict?.accepted == [0, 1, 2, 3])
        #expect(round.verdict?.exclusions.map(\.reason) == [.inconsistentSharing])
        #expect(rehearsal.publishedCount == 1)
    }

    /// Contests arrive late, twice and out of order: everybody who signs has seen them all.
    @Test(arguments: [UInt64(1), 2, 3])
    func contestsSurviveABadNetwork(weather: UInt64) throws {
        let given = try TestFederation(rounds: 2)
        var rehearsal = try Rehearsal(
            given, weatherSeed: weather,
            network: Rehearsal.Network(loss: 0.2, duplication: 0.2, reordering: 0.3, delayMilliseconds: 30))
        let lies = OpeningLies(given: given)
        rehearsal.lies = { member, event in
            guard member == 2, case .answered(let answers) = event, answers.round == 1 else { return event }
            return .answered(lies.forged(answers, by: 2, about: [0, 3]))
        }
        try rehearsal.run()
        let rounds = rehearsal.contract.endedRounds
        #expect(rehearsal.lostMessages > 50)
        for round in rounds {
            let excluded = round.verdict?.exclusions.map(\.member) ?? []
            #expect(round.number == 1 ? Set(excluded).isSubset(of: [2]) : excluded.isEmpty)
        }
        #expect(rounds.first?.contests.isEmpty == false)
    }
}
