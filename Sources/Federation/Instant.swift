/// A moment in milliseconds since 1970, handed to the machines from outside: they never read a clock.
package struct Instant: Sendable, Hashable, Comparable, Codable {
    package let milliseconds: UInt64

    package init(milliseconds: UInt64) {
        self.milliseconds = milliseconds
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.milliseconds < right.milliseconds
    }

    package static func + (left: Instant, milliseconds: UInt64) -> Instant {
        Instant(milliseconds: left.milliseconds + milliseconds)
    }
}
