import Foundation
import Ledger
import RingArithmetic

/// Who is logged in: digests of tokens, in memory only. Restarting the dashboard logs everybody out.
actor Sessions {
    enum Attempt {
        case accepted(token: String)
        case refused
        case tooSoon(waitSeconds: Int)
    }

    static let lifeSeconds = 8 * 3_600
    private static let sessionsMax = 1_024

    private let password: PasswordFile
    private let now: @Sendable () -> Date
    private var generator = SystemRandomNumberGenerator()
    private var throttle = LoginThrottle()
    /// When each ends, by the token's digest.
    private var ends: [Digest: Date] = [:]

    init(password: PasswordFile, now: @escaping @Sendable () -> Date = { Date() }) {
        self.password = password
        self.now = now
    }

    func logIn(_ attempt: [UInt8], from address: String) -> Attempt {
        if let wait = throttle.attempt(from: address, at: now().timeIntervalSince1970) {
            return .tooSoon(waitSeconds: wait)
        }
        guard password.accepts(attempt) else { return .refused }
        ends = ends.filter { $0.value > now() }
        if ends.count >= Self.sessionsMax, let oldest = ends.min(by: { $0.value < $1.value }) { ends[oldest.key] = nil }
        var token = [UInt8](repeating: 0, count: 32)
        generator.fill(&token)
        let text = hexadecimal(token)
        ends[Self.digest(text)] = now().addingTimeInterval(Double(Self.lifeSeconds))
        return .accepted(token: text)
    }

    func isLoggedIn(_ token: String) -> Bool {
        guard let end = ends[Self.digest(token)] else { return false }
        return end > now()
    }

    func logOut(_ token: String) { ends[Self.digest(token)] = nil }

    /// Looking up a digest of the token tells nothing of the token by its time.
    private static func digest(_ token: String) -> Digest {
        Digest.of(Array(token.utf8), domain: "cordon/dashboard-session/v1")
    }
}
