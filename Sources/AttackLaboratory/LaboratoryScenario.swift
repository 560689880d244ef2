/// One run of the laboratory.
package struct LaboratoryScenario: Hashable, Sendable {
    package let attack: LaboratoryAttack
    package let defence: LaboratoryDefence
    /// Dirichlet concentration; nil divides alike.
    package let heterogeneity: Double?
    package let malicious: Int
    package let epsilon: Double?
    package let seed: UInt64
    package let hospitals: Int
    package let rounds: Int

    package init(
        attack: LaboratoryAttack, defence: LaboratoryDefence, heterogeneity: Double? = nil, malicious: Int,
        epsilon: Double? = nil, seed: UInt64, hospitals: Int = 10, rounds: Int = 20
    ) {
        precondition(malicious >= 0 && malicious < hospitals && hospitals >= 3 && rounds >= 1)
        self.attack = attack
        self.defence = defence
        self.heterogeneity = heterogeneity
        self.malicious = attack == .none ? 0 : malicious
        self.epsilon = epsilon
        self.seed = seed
        self.hospitals = hospitals
        self.rounds = rounds
    }

    /// c: hospitals that the agreement assumes may be corrupt.
    package var corruptible: Int { (hospitals - 1) / 3 }

    /// The same under another defence.
    func under(_ defence: LaboratoryDefence) -> LaboratoryScenario {
        LaboratoryScenario(
            attack: attack, defence: defence, heterogeneity: heterogeneity, malicious: malicious, epsilon: epsilon,
            seed: seed, hospitals: hospitals, rounds: rounds)
    }

    /// A file name that tells the run from every other.
    package var name: String {
        let division = heterogeneity.map { "alpha\($0)" } ?? "equal"
        let privacy = epsilon.map { "epsilon\($0)" } ?? "open"
        return "\(attack.rawValue)-\(malicious)of\(hospitals)-\(division)-\(privacy)-\(defence.rawValue)"
            + "-\(rounds)rounds-seed\(seed)"
    }
}
