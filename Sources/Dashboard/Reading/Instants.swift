import Foundation

/// Instants of the ledger's clock as the pages write them.
enum Instants {
    /// For instance `2026-11-26 18:07:54 UTC`.
    static func text(_ milliseconds: UInt64) -> String {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        return date.formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: false).dateTimeSeparator(.space)) + " UTC"
    }

    /// `in 3 min` or `4 h ago`, seen from `now`.
    static func distance(_ milliseconds: UInt64, from now: UInt64) -> String {
        let isAhead = milliseconds > now
        let seconds = (isAhead ? milliseconds - now : now - milliseconds) / 1000
        let amount =
            switch seconds {
            case 0..<100: "\(seconds)\u{202F}s"
            case 100..<6_000: "\(seconds / 60)\u{202F}min"
            case 6_000..<172_800: "\(seconds / 3_600)\u{202F}h"
            default: "\(seconds / 86_400)\u{202F}days"
            }
        return isAhead ? "in \(amount)" : "\(amount) ago"
    }
}
