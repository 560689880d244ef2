import Federation
import Foundation

extension Instant {
    /// This machine's clock.
    static var now: Instant { Instant(milliseconds: UInt64(max(0, Date().timeIntervalSince1970 * 1000))) }
}
