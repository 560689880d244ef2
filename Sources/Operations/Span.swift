package import Ledger

/// A stretch of a round's work at one party, as OpenTelemetry understands it.
package struct Span: Hashable, Sendable {
    /// What all spans of one round share, at every party, without a word between them.
    package struct Trace: Hashable, Sendable {
        /// 16 bytes.
        let bytes: [UInt8]

        package init(federation: Digest, round: UInt32) {
            let number = (0..<4).map { UInt8(truncatingIfNeeded: round >> (24 - 8 * $0)) }
            bytes = Array(Digest.of(federation.bytes + number, domain: "cordon/trace/v1").bytes[..<16])
        }
    }

    package struct Identifier: Hashable, Sendable {
        /// 8 bytes.
        let bytes: [UInt8]
    }

    package let trace: Trace
    package let identifier: Identifier
    package let parent: Identifier?
    package let name: String
    /// Nanoseconds since 1970.
    package let start: UInt64
    package internal(set) var end: UInt64
    package internal(set) var attributes: [String: LogValue]
    /// Whether what it stands for failed.
    package internal(set) var hasFailed = false
}
