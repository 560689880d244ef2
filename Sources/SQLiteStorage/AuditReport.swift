package import Ledger

/// Something in a ledger that does not hold.
package struct AuditFinding: Hashable, Sendable, Codable, CustomStringConvertible {
    /// What is wrong: "entry 12", "blob ab…", "round 3", "ledger.seal", "bytes of ledger.sqlite outside any entry".
    package let place: String
    package let message: String

    package init(place: String, message: String) {
        self.place = place
        self.message = message
    }

    package var description: String { "\(place): \(message)" }
}

/// What an offline audit of a ledger proved, what it could not, and what does not hold.
package struct AuditReport: Hashable, Sendable, Codable {
    package internal(set) var federation: Digest?
    package internal(set) var checkpoint: Checkpoint?
    /// Names of the witnesses whose cosignature the checkpoint bears.
    package internal(set) var cosigners: [String] = []
    package internal(set) var stateDigest: Digest?
    package internal(set) var entryCount = 0
    package internal(set) var publishedRounds: [UInt32] = []
    package internal(set) var findings: [AuditFinding] = []
    package internal(set) var proved: [String] = []
    package internal(set) var notProved: [String] = []

    /// Whether everything that was checked holds.
    package var holds: Bool { findings.isEmpty }

    init() {}

    mutating func find(_ place: String, _ message: String) {
        findings.append(AuditFinding(place: place, message: message))
    }
}
