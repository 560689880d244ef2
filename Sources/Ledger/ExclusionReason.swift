/// Why a member's update is not in the sum. The raw values are part of the ledger's format; 1000 and above are the
/// agreement's own rules.
package struct ExclusionReason: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let malformedCiphertext = ExclusionReason(rawValue: 1)
    /// A complaint about a dealt share was upheld, or left unanswered.
    package static let missingShares = ExclusionReason(rawValue: 2)
    package static let inconsistentSharing = ExclusionReason(rawValue: 3)
    package static let withheldNonce = ExclusionReason(rawValue: 4)
    package static let digitOutOfRange = ExclusionReason(rawValue: 5)
    package static let normOutOfRange = ExclusionReason(rawValue: 6)
    package static let noiseOutOfRange = ExclusionReason(rawValue: 7)
    package static let duplicate = ExclusionReason(rawValue: 8)
    package static let multiKrum = ExclusionReason(rawValue: 9)
    package static let offPolynomial = ExclusionReason(rawValue: 10)
    package static let normOutlier = ExclusionReason(rawValue: 11)
    package static let angleOutlier = ExclusionReason(rawValue: 12)
    package static let minorityCluster = ExclusionReason(rawValue: 13)
    package static let principalDirection = ExclusionReason(rawValue: 14)
    package static let scaledUpdate = ExclusionReason(rawValue: 15)
    /// A contest showed that the member, as a helper, answered an opening falsely.
    package static let falseAnswer = ExclusionReason(rawValue: 16)
    package static let plantedTrigger = ExclusionReason(rawValue: 17)

    /// A rule of the agreement: `1000 + number`.
    package static func custom(_ number: UInt16) -> ExclusionReason {
        precondition(number <= UInt16.max - 1000)
        return ExclusionReason(rawValue: 1000 + number)
    }

    private static let names: [ExclusionReason: String] = [
        .malformedCiphertext: "malformed ciphertext", .missingShares: "missing shares",
        .inconsistentSharing: "inconsistent sharing", .withheldNonce: "withheld nonce",
        .digitOutOfRange: "digit out of range", .normOutOfRange: "norm out of range",
        .noiseOutOfRange: "noise out of range", .duplicate: "duplicate", .multiKrum: "Multi-Krum",
        .offPolynomial: "answers off one polynomial", .normOutlier: "unusual norm",
        .angleOutlier: "unusual direction", .minorityCluster: "small group apart",
        .principalDirection: "outlier on the principal direction", .scaledUpdate: "scaled update",
        .falseAnswer: "false answer to an opening", .plantedTrigger: "planted trigger",
    ]

    package var isKnown: Bool { rawValue >= 1000 || ExclusionReason.names[self] != nil }

    package var description: String {
        ExclusionReason.names[self] ?? (rawValue >= 1000 ? "rule \(rawValue - 1000)" : "unknown reason \(rawValue)")
    }
}
