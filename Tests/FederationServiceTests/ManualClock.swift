import Foundation
import Synchronization

/// A clock that a test moves.
final class ManualClock: Sendable {
    private let held: Mutex<Date>

    init(_ date: Date) { held = Mutex(date) }

    var date: Date { held.withLock { $0 } }

    func advance(days: Double) { held.withLock { $0 = $0.addingTimeInterval(days * 86_400) } }
}
