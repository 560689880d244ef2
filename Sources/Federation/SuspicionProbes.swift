package import Ledger

/// Public directions in parameter space along which updates are watched over the rounds. The agreement names them by
/// digest, so that all parties look along the very same integers.
package struct SuspicionProbes: Sendable, Hashable {
    /// One a probe, as long as an update.
    package let directions: [[Int64]]
    package let digest: Digest

    package init(_ directions: [[Int64]]) {
        self.directions = directions
        var writer = ByteWriter()
        writer.append(UInt32(directions.count))
        for direction in directions { writer.append(list: direction) { $0.append(UInt64(bitPattern: $1)) } }
        digest = Digest.of(writer.bytes, domain: "cordon/trigger-probes/v1")
    }
}
