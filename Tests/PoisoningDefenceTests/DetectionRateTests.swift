import PoisoningDefence
import Testing

/// Rates over seeded synthetic rounds, each asserted with slack around what was measured. With 200 rounds a rate has a
/// standard error of at most 3.6 points; the seeds are fixed, so a pass repeats.
@Suite struct DetectionRateTests {
    struct Setting: Sendable, CustomTestStringConvertible {
        let hospitals: Int
        let corruptible: Int
        let likeness: Likeness
        let attack: Attack
        let detectedAtLeast: Double
        let falselyExcludedAtMost: Double

        var testDescription: String { "n=\(hospitals) c=\(corruptible) \(likeness) \(attack)" }
    }

    struct Rates { var detected = 0.0, falselyExcluded = 0.0 }

    static let rounds = 200

    static func rates(_ setting: Setting, coordinates: Int = 256, fields: Int = 1) -> Rates {
        let geometry = SyntheticFederation.geometry(coordinates: coordinates, fields: fields)
        let policy = DefencePolicy.standard(members: setting.hospitals, corruptible: setting.corruptible)
        var rates = Rates()
        for round in 0..<rounds {
            var generator = SeededGenerator(seed: UInt64(round))
            let federation = SyntheticFederation(
                hospitals: setting.hospitals, corruptible: setting.corruptible, likeness: setting.likeness,
                attack: setting.attack, using: &generator)
            let sketches = federation.sketches(geometry, using: &generator)
            let verdict = judge(sketches, geometry: geometry, policy: policy)
            let excluded = verdict.exclusions.map(\.member)
            let hits = excluded.count { federation.corrupt.contains($0) }
            rates.detected += Double(hits) / Double(max(1, federation.corrupt.count) * rounds)
            rates.falselyExcluded +=
                Double(excluded.count - hits) / Double((setting.hospitals - federation.corrupt.count) * rounds)
        }
        return rates
    }

    /// Measured at k = 256 over these 200 rounds, detected / falsely excluded a hospital and round, n = 5 with c = 1:
    ///
    /// | | none | sign flip | boosted sign flip | scaled backdoor | backdoor | label flip | colluding |
    /// |---|---|---|---|---|---|---|---|
    /// | alike | – / .001 | 1 / 0 | 1 / 0 | 1 / 0 | 1 / 0 | 1 / 0 | 1 / 0 |
    /// | unlike | – / .043 | .89 / .003 | .96 / 0 | .96 / 0 | .28 / .006 | .96 / .001 | .17 / .003 |
    /// | very unlike | – / .028 | .22 / .012 | .70 / .003 | .93 / .001 | .04 / .012 | .63 / .003 | .02 / .007 |
    ///
    /// and n = 10 with c = 3:
    ///
    /// | alike | – / 0 | 1 / 0 | 1 / 0 | 1 / 0 | 1 / 0 | 1 / 0 | 1 / 0 |
    /// | unlike | – / .019 | .79 / .004 | .89 / 0 | .87 / 0 | .08 / .007 | .93 / 0 | 1 / 0 |
    /// | very unlike | – / .016 | .03 / .008 | .45 / .004 | .85 / 0 | 0 / .004 | .36 / 0 | 1 / 0 |
    ///
    /// Plain backdoors of unlike hospitals pass: a limit, kept in sight by asserting only what holds.
    static let settings: [Setting] =
        [(5, 1), (10, 3)].flatMap { hospitals, corruptible in
            Attack.allCases.map { attack in
                Setting(
                    hospitals: hospitals, corruptible: corruptible, likeness: .alike, attack: attack,
                    detectedAtLeast: attack == .none ? 0 : 0.98, falselyExcludedAtMost: 0.01)
            }
        } + [
            Setting(
                hospitals: 5, corruptible: 1, likeness: .unlike, attack: .none, detectedAtLeast: 0,
                falselyExcludedAtMost: 0.07),
            Setting(
                hospitals: 5, corruptible: 1, likeness: .veryUnlike, attack: .none, detectedAtLeast: 0,
                falselyExcludedAtMost: 0.06),
            Setting(
                hospitals: 5, corruptible: 1, likeness: .unlike, attack: .signFlip, detectedAtLeast: 0.8,
                falselyExcludedAtMost: 0.02),
            Setting(
                hospitals: 5, corruptible: 1, likeness: .unlike, attack: .scaledBackdoor, detectedAtLeast: 0.9,
                falselyExcludedAtMost: 0.02),
            Setting(
                hospitals: 5, corruptible: 1, likeness: .veryUnlike, attack: .scaledBackdoor, detectedAtLeast: 0.85,
                falselyExcludedAtMost: 0.02),
            Setting(
                hospitals: 10, corruptible: 3, likeness: .veryUnlike, attack: .scaledBackdoor, detectedAtLeast: 0.75,
                falselyExcludedAtMost: 0.02),
            Setting(
                hospitals: 10, corruptible: 3, likeness: .veryUnlike, attack: .colluding, detectedAtLeast: 0.95,
                falselyExcludedAtMost: 0.02),
        ]

    @Test(arguments: settings)
    func ratesAreAsStated(_ setting: Setting) {
        let rates = Self.rates(setting)
        #expect(rates.detected >= setting.detectedAtLeast)
        #expect(rates.falselyExcluded <= setting.falselyExcludedAtMost)
    }

    /// The smallest sketch of the protocol, with one and with three packed fields.
    @Test(arguments: [1, 3])
    func smallSketchesStillDetect(_ fields: Int) {
        for attack in [Attack.none, .signFlip, .scaledBackdoor] {
            let setting = Setting(
                hospitals: 5, corruptible: 1, likeness: .alike, attack: attack,
                detectedAtLeast: attack == .none ? 0 : 0.98, falselyExcludedAtMost: 0.02)
            let rates = Self.rates(setting, coordinates: 128, fields: fields)
            #expect(rates.detected >= setting.detectedAtLeast)
            #expect(rates.falselyExcluded <= setting.falselyExcludedAtMost)
        }
    }
}
