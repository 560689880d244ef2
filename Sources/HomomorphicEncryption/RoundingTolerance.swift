/// How much of the clipping norm the rounding to integers may cost: `√(d/6)/B` at most, in millionths.
package struct RoundingTolerance: Sendable, Hashable, Codable, Comparable {
    /// One per cent.
    package static let standard = RoundingTolerance(checkedMillionths: 10_000)
    /// Two per cent: beyond, an update at its norm bound would often have to be rounded towards zero, with a bias.
    package static let widest = RoundingTolerance(checkedMillionths: 20_000)

    package let millionths: Int

    private init(checkedMillionths: Int) {
        millionths = checkedMillionths
    }

    /// - Throws: `EncryptionError` unless `1 ≤ millionths ≤ 20,000`.
    package init(millionths: Int) throws {
        guard (1...Self.widest.millionths).contains(millionths) else {
            throw EncryptionError(
                .unsupportedSize,
                "a rounding tolerance lies between 0.000001 and \(Self.widest.relative) of the norm, and "
                    + "\(Double(millionths) / 1e6) does not")
        }
        self.init(checkedMillionths: millionths)
    }

    /// The tolerance nearest to a share of the norm, in millionths.
    ///
    /// - Throws: `EncryptionError` unless `10^-6 ≤ relative ≤ 0.02`.
    package init(relative: Double) throws {
        guard relative >= 1e-6, relative <= Self.widest.relative else {
            throw EncryptionError(
                .unsupportedSize,
                "a rounding tolerance lies between 0.000001 and \(Self.widest.relative) of the norm, and \(relative) "
                    + "does not")
        }
        try self.init(millionths: Int((relative * 1e6).rounded()))
    }

    package var relative: Double { Double(millionths) / 1e6 }

    /// True when rounding `dimension` integers costs at most this share of a norm of `bound`; exact.
    func admits(dimension: Int, bound: UInt64) -> Bool {
        let most = UInt128(millionths) * UInt128(bound)
        return UInt128(1_000_000) * UInt128(1_000_000) * UInt128(dimension) <= 6 * most * most
    }

    package init(from decoder: any Decoder) throws {
        try self.init(millionths: decoder.singleValueContainer().decode(Int.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(millionths)
    }

    package static func < (left: RoundingTolerance, right: RoundingTolerance) -> Bool {
        left.millionths < right.millionths
    }
}
