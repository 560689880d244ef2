/// How often a password may be tried: a few times at once from one address, then once in a while. A value without a
/// clock.
struct LoginThrottle: Sendable {
    /// Attempts that an address has at once; one comes back every `secondsPerAttempt`.
    static let attemptsMax = 5.0
    static let secondsPerAttempt = 30.0
    /// Attempts that all addresses together have at once, and how fast these come back: what a machine bears at 128 MiB
    /// and a fraction of a second each.
    static let attemptsTogetherMax = 20.0
    static let secondsPerAttemptTogether = 2.0
    private static let addressesMax = 4_096

    private struct Allowance: Sendable {
        var left: Double
        var at: Double
    }

    private var byAddress: [String: Allowance] = [:]
    private var together = Allowance(left: attemptsTogetherMax, at: 0)

    /// Takes one attempt of `address` at the instant `now`, in seconds; nil if it is allowed, else seconds to wait.
    mutating func attempt(from address: String, at now: Double) -> Int? {
        let all = Self.refilled(together, Self.attemptsTogetherMax, Self.secondsPerAttemptTogether, now)
        let own = Self.refilled(
            byAddress[address] ?? Allowance(left: Self.attemptsMax, at: now), Self.attemptsMax,
            Self.secondsPerAttempt, now)
        let wait = max(
            own.left < 1 ? (1 - own.left) * Self.secondsPerAttempt : 0,
            all.left < 1 ? (1 - all.left) * Self.secondsPerAttemptTogether : 0)
        guard wait == 0 else { return Int(wait.rounded(.up)) }
        forgetFull(now)
        byAddress[address] = Allowance(left: own.left - 1, at: now)
        together = Allowance(left: all.left - 1, at: now)
        return nil
    }

    private static func refilled(_ allowance: Allowance, _ most: Double, _ seconds: Double, _ now: Double) -> Allowance
    {
        Allowance(left: min(most, allowance.left + max(0, now - allowance.at) / seconds), at: now)
    }

    /// Addresses that have all their attempts again need no memory; beyond the limit the common allowance must do.
    private mutating func forgetFull(_ now: Double) {
        guard byAddress.count >= Self.addressesMax else { return }
        byAddress = byAddress.filter {
            Self.refilled($0.value, Self.attemptsMax, Self.secondsPerAttempt, now).left < Self.attemptsMax
        }
        if byAddress.count >= Self.addressesMax { byAddress = [:] }
    }
}
