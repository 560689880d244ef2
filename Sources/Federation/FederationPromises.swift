/// What a federation of `n` hospitals with threshold `t` promises when `c` of them may be malicious.
package struct FederationPromises: Sendable, Hashable, Codable {
    package let members: Int
    package let threshold: Int
    package let corruptible: Int
    /// `2t − n − 1`: with up to so many colluders that answer twice, two sums of one round can never both be opened.
    package let oneSumHoldsTo: Int
    /// `n − t − c`: hospitals that may be absent while `c` lies are still noticed without a contest, or while all
    /// `c` are silent too.
    package let absentWithDetection: Int
    /// `n − t`: hospitals that may be absent when exactly `t` answer and liars are named by contests.
    package let absentWithContests: Int
    /// `e = ⌊(n − t)/2⌋`: liars corrected without contest when all `n` answer.
    package let liarsCorrected: Int

    /// - Throws: `FederationError(.agreement)` with the reason and the thresholds that are allowed.
    package init(members: Int, threshold: Int, corruptible: Int) throws {
        if let reason = Self.refusal(members: members, threshold: threshold, corruptible: corruptible) {
            throw FederationError(.agreement, reason)
        }
        self.members = members
        self.threshold = threshold
        self.corruptible = corruptible
        oneSumHoldsTo = 2 * threshold - members - 1
        absentWithDetection = members - threshold - corruptible
        absentWithContests = members - threshold
        liarsCorrected = (members - threshold) / 2
    }

    /// Why the triple is not allowed; nil when it is: `t > (n+c)/2` and `t ≤ n − c`.
    package static func refusal(members: Int, threshold: Int, corruptible: Int) -> String? {
        guard (3...Limits.membersMax).contains(members) else {
            return "a federation needs 3 to \(Limits.membersMax) hospitals, this one has \(members)"
        }
        let most = Agreement.defaultCorruptible(members: members)
        guard (0...most).contains(corruptible) else {
            return "c = \(corruptible) malicious hospitals of n = \(members): no threshold is both above (n + c)/2 "
                + "(else two sums of one round could be opened) and at most n − c (else the malicious could stop "
                + "everything by silence); n = \(members) allows c = 0 to \(most)"
        }
        let least = Agreement.defaultThreshold(members: members, corruptible: corruptible)
        let allowed = "n = \(members) with c = \(corruptible) allows t = \(least) to \(members - corruptible)"
        if threshold < least {
            return "t = \(threshold) is not above (n + c)/2: two different accepted sets could both gather t answers, "
                + "and their difference opens a hospital; \(allowed)"
        }
        if threshold > members - corruptible {
            return "t = \(threshold) is above n − c: the \(corruptible) malicious hospitals could stop every round by "
                + "silence; \(allowed)"
        }
        return nil
    }

    /// The promises in words.
    package var sentences: [String] {
        var lines = [
            "Any \(threshold) of \(members) hospitals together can open everything of a round; fewer cannot.",
            "Two sums of one round cannot both be opened while at most \(oneSumHoldsTo) hospitals collude actively; "
                + "the promises about lying hospitals are made for at most \(corruptible).",
            "At most \(absentWithContests) may be absent from an opening. If exactly \(threshold) answer, a lie is not "
                + "noticed in the answers: the hospital lied about shows it and names the liar, and the round ends "
                + "without a model.",
            absentWithDetection > 0
                ? "While at least \(threshold + corruptible) answer, \(corruptible) lies are noticed without a "
                    + "contest: up to \(absentWithDetection) may be absent for that."
                : "Noticing \(corruptible) lies without a contest needs all \(members) answers: nobody may be absent "
                    + "for that.",
            "False answers to the opening of the sum are corrected while \(threshold) true ones are there; false "
                + "answers to the earlier openings are left out, and their authors named, by the hospitals lied about.",
            "Absent and lying hospitals together must never exceed \(absentWithContests).",
        ]
        if members == 3 {
            lines.append("With two accepted hospitals of three, the two learn each other's update from the sum.")
        }
        lines.append("With more than c colluders, they learn the sum over the honest rest of the accepted set.")
        return lines
    }
}
