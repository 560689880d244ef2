extension SimulationOptions {
    static func usage(_ message: String) -> SimulationError { SimulationError(.usage, message) }

    /// Refuses thresholds under which two different sums could be opened in a round, or none at all.
    static func check(threshold: Int, hospitals: Int, corruptible: Int) throws {
        let smallest = (hospitals + corruptible) / 2 + 1
        let greatest = hospitals - corruptible
        let range =
            smallest == greatest ? "only \(smallest) is possible" : "possible are \(smallest) … \(greatest)"
        let place = "--threshold \(threshold) with \(hospitals) hospitals of which \(corruptible) may be malicious"
        guard threshold >= smallest else {
            throw usage(
                "\(place): too small, since two different sums of one round could both be opened (t > (n + c) / 2 "
                    + "is needed); \(range)")
        }
        guard threshold <= hospitals else {
            throw usage("\(place): there are fewer hospitals than that; \(range)")
        }
        guard threshold <= greatest else {
            throw usage(
                "\(place): too great, since malicious hospitals could stop every round by falling silent "
                    + "(n − c ≥ t is needed); \(range)")
        }
    }

    /// Refuses numbers outside what the simulator was made for.
    static func check(_ flag: String, _ value: Int, in range: ClosedRange<Int>, _ unit: String) throws {
        guard range.contains(value) else {
            throw usage("\(flag) \(value): must lie in \(range.lowerBound) … \(range.upperBound) \(unit)")
        }
    }

    /// Number of malicious hospitals, from what was asked and from who carries the attack out.
    static func attackers(_ asked: Int?, attack: SimulatedAttack?, hospitals: Int) throws -> Int {
        let names = SimulatedAttack.allCases.filter { !$0.isByCoordinator }.map(\.rawValue).joined(separator: ", ")
        guard let attack else {
            guard (asked ?? 0) == 0 else {
                throw usage("--attackers \(asked ?? 0): what they do is missing; add --attack with one of \(names)")
            }
            return 0
        }
        if attack.isByCoordinator {
            guard (asked ?? 0) == 0 else {
                throw usage(
                    "--attack \(attack.rawValue) is the coordinator's and no hospital's: leave --attackers out")
            }
            return 0
        }
        let attackers = asked ?? 1
        guard attackers > 0 else {
            throw usage("--attackers \(attackers) with --attack \(attack.rawValue): give at least 1, or no attack")
        }
        guard attackers < hospitals else {
            throw usage(
                "--attackers \(attackers) of \(hospitals) hospitals: at least one must be honest; give fewer than "
                    + "\(hospitals)")
        }
        return attackers
    }
}
