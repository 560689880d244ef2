import Federation
import Ledger

/// Invariant 7: everything has a limit, the number of messages in an hour of simulated time included.
struct LimitChecker: SwarmChecker {
    static let invariant = "everything has a limit"

    /// Far more than a round with every message repeated at every tick.
    static let messagesPerRunMax = 60_000
    private var messages = 0

    mutating func observe(_ observation: SwarmObservation) -> String? {
        switch observation {
        case .travelled(let bytes):
            messages += 1
            if bytes.count > Limits.envelopeBytesMax { return "an envelope of \(bytes.count) bytes" }
            return messages > Self.messagesPerRunMax ? "more than \(Self.messagesPerRunMax) messages" : nil
        case .said(_, _, .records(let records), _):
            return records.count > Limits.recordsPerMessageMax ? "\(records.count) records in one message" : nil
        case .hospital(let member, .keep(let tree), _):
            return tree.chunks.contains { $0.count > Limits.chunkBytesMax }
                ? "hospital-\(member) kept a chunk beyond the limit" : nil
        default: return nil
        }
    }
}
