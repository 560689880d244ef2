/// One attack on one federation, and how it ended.
package struct AttackRun: Codable, Hashable, Sendable {
    package let attack: String
    package let defence: String
    /// Dirichlet concentration; nil for hospitals alike.
    package let heterogeneity: Double?
    package let hospitals: Int
    package let malicious: Int
    package let rounds: Int
    /// ε of patient-level privacy; nil without.
    package let epsilon: Double?
    package let seed: UInt64
    package let accuracy: Double
    package let auc: Double?
    /// Share of images of other classes called the target with the trigger; nil for an attack without one.
    package let attackSuccess: Double?
    /// The same, of images that are right when clean.
    package let excessSuccess: Double?
    /// Means over rounds of the share of malicious (honest) hospitals left out; nil without such hospitals.
    package let truePositiveRate: Double?
    package let falsePositiveRate: Double?
    /// In the last round.
    package let finalTruePositiveRate: Double?
    package let finalFalsePositiveRate: Double?
    /// First round, from 1, in which a malicious hospital was left out; nil if none.
    package let roundsToDetect: Int?
    /// First round in which more were suspected than may be corrupt; nil if none.
    package let alarmRound: Int?
    /// Share of (hospital, round) verdicts equal to those of the same rules on whole updates.
    package let agreementWithWholeUpdates: Double
    package let seconds: Double

    package init(
        attack: String, defence: String, heterogeneity: Double?, hospitals: Int, malicious: Int, rounds: Int,
        epsilon: Double?, seed: UInt64, accuracy: Double, auc: Double?, attackSuccess: Double?,
        excessSuccess: Double?, truePositiveRate: Double?, falsePositiveRate: Double?,
        finalTruePositiveRate: Double?, finalFalsePositiveRate: Double?, roundsToDetect: Int?, alarmRound: Int?,
        agreementWithWholeUpdates: Double, seconds: Double
    ) {
        self.attack = attack
        self.defence = defence
        self.heterogeneity = heterogeneity
        self.hospitals = hospitals
        self.malicious = malicious
        self.rounds = rounds
        self.epsilon = epsilon
        self.seed = seed
        self.accuracy = accuracy
        self.auc = auc
        self.attackSuccess = attackSuccess
        self.excessSuccess = excessSuccess
        self.truePositiveRate = truePositiveRate
        self.falsePositiveRate = falsePositiveRate
        self.finalTruePositiveRate = finalTruePositiveRate
        self.finalFalsePositiveRate = finalFalsePositiveRate
        self.roundsToDetect = roundsToDetect
        self.alarmRound = alarmRound
        self.agreementWithWholeUpdates = agreementWithWholeUpdates
        self.seconds = seconds
    }
}
