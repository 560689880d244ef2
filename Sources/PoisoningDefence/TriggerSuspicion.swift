/// Suspicion of a planted trigger, gathered from round to round: how far each hospital's updates move the model's
/// answer on images that carry one of many public patterns.
///
/// A probe is a public direction in parameter space, the first-order effect of one pattern on the model's answer. Its
/// sketch is public too, so the cosine between an update and a probe can be read from the sketch opened anyway. Each
/// round adds, for each hospital and probe, that cosine times min(1, ‖u‖/median norm). A hospital's deviation is the
/// largest over probes of |score − median over hospitals| / max(1.4826·MAD of that probe, median of these over probes,
/// sketch error √(rounds/digits)). Blind rules ask who is unlike; hospitals are unlike. This asks who is unlike *along
/// a trigger*, where honest hospitals of any patients agree. First-order view of Neural Cleanse (Wang et al. 2019) on
/// updates; accumulation as in CUSUM (Page 1954) without a drift.
package struct TriggerSuspicion: Sendable, Hashable {
    /// Hospitals that were pointed at, in the order in which they were; they stay.
    package private(set) var quarantined: [Exclusion] = []
    /// More hospitals were pointed at than may be corrupt, or two camps stand apart of which the smaller is larger than
    /// that: the assumption under which a sum is safe is broken.
    package private(set) var isAlarmed = false
    /// Rounds observed so far.
    package private(set) var rounds = 0
    /// Scores by member and probe, in units of `FixedPoint.one`.
    var scores: [Int: [Int64]] = [:]
    /// Of a sketch, in the latest round.
    private(set) var digits = 1

    package init() {}

    init(quarantined: [Exclusion], isAlarmed: Bool, rounds: Int, scores: [Int: [Int64]], digits: Int) {
        self.quarantined = quarantined
        self.isAlarmed = isAlarmed
        self.rounds = rounds
        self.scores = scores
        self.digits = digits
    }

    /// Adds one round. Does nothing under a policy without trigger terms.
    ///
    /// - Parameters:
    ///   - sketches: opened sketches of the round, three or more, else the round says nothing.
    ///   - probes: the digits of each probe's sketch under the same families.
    package mutating func observe(_ sketches: [MemberSketch], probes: [[Int64]], policy: DefencePolicy) {
        let seen = SketchDirections(sketches.sorted { $0.member < $1.member })
        guard let terms = policy.triggers, seen.members.count >= 3, !probes.isEmpty else { return }
        let directions = SketchDirections(probes.map { MemberSketch(member: 0, digits: $0, noise: []) }).directions
        let median = max(1, FixedPoint.median(seen.norms))
        rounds += 1
        digits = max(1, seen.directions[0].count)
        for (index, member) in seen.members.enumerated() {
            var own = scores[member] ?? Array(repeating: 0, count: directions.count)
            precondition(own.count == directions.count, "the same probes in every round")
            let size = min(
                FixedPoint.one,
                FixedPoint.saturated(
                    Int128(seen.norms[index]) * Int128(FixedPoint.one) / Int128(median)))
            for (probe, direction) in directions.enumerated() {
                let cosine = SketchDirections.product(seen.directions[index], direction) / FixedPoint.one
                own[probe] += FixedPoint.saturated(Int128(cosine) * Int128(size) / Int128(FixedPoint.one))
            }
            scores[member] = own
        }
        point(terms, corruptible: policy.corruptible)
    }

    /// Largest deviation of each member so far, in thousandths, ascending by member.
    package var deviations: [(member: Int, deviation: Int64)] {
        guard let table = TriggerScores(scores, rounds: rounds, digits: digits) else { return [] }
        return table.members.indices.map { (table.members[$0], table.largestDeviation(of: $0)) }
    }

    /// The most suspicious first, never more than may be corrupt: whoever is pointed at beyond them raises the alarm,
    /// and so do camps, of which nobody can tell the honest one.
    private mutating func point(_ terms: TriggerTerms, corruptible: Int) {
        let known = Set(quarantined.map(\.member))
        let pointed = deviations.filter { $0.deviation > terms.bound && !known.contains($0.member) }
            .sorted { ($0.deviation, $0.member) > ($1.deviation, $1.member) }
        let room = max(0, corruptible - quarantined.count)
        quarantined += pointed.prefix(room).map {
            Exclusion(member: $0.member, reason: .plantedTrigger, measured: $0.deviation, bound: terms.bound)
        }
        let camps = TriggerScores(scores, rounds: rounds, digits: digits)?.campGap(moreThan: corruptible) ?? 0
        if camps > terms.campBound || pointed.dropFirst(room).contains(where: { $0.deviation > terms.alarmBound }) {
            isAlarmed = true
        }
    }
}
