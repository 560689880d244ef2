import Ledger

/// A digest that grows with everything that happens in a run.
struct SwarmFingerprint {
    private(set) var digest = Digest.of([], domain: "cordon/swarm/v1")

    mutating func add(_ bytes: [UInt8]) { digest = Digest.of(digest.bytes + bytes, domain: "cordon/swarm/v1") }

    mutating func add(_ other: Digest) { add(other.bytes) }

    mutating func add(_ records: [LedgerRecord]) { for record in records { add(record.leafHash) } }

    mutating func add(_ time: UInt64, _ text: String) { add(Array("\(time) \(text)".utf8)) }
}
