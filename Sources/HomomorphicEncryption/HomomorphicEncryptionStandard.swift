/// The largest moduli that the HomomorphicEncryption.org standard allows for 128 bits, errors of σ = 3.2.
///
/// Albrecht, Chase, Chen, Ding, Goldwasser, Gorbunov, Halevi, Hoffstein, Laine, Lauter, Lokam, Micciancio, Moody,
/// Morrison, Sahai, Vaikuntanathan, "Homomorphic Encryption Security Standard" (2018), table 1 (classical, BKZ.sieve)
/// and table 2 (quantum, BKZ.qsieve).
package enum HomomorphicEncryptionStandard {
    /// The columns of the tables: what secrets are drawn from.
    package enum SecretDistribution: String, Sendable, Hashable, CaseIterable {
        /// Like the errors: ours are.
        case error
        case ternary
    }

    /// `log2 Q` at most.
    ///
    /// - Returns: nil for a degree that the tables do not list: whoever asks must refuse it.
    package static func largestModulusBits(
        ringDegree: Int, level: SecurityLevel, secrets: SecretDistribution = .error
    ) -> Int? {
        guard let row = rows[ringDegree] else { return nil }
        return switch (level, secrets) {
        case (.classical128, .error): row.classicalError
        case (.classical128, .ternary): row.classicalTernary
        case (.quantum128, .error): row.quantumError
        case (.quantum128, .ternary): row.quantumTernary
        }
    }

    private struct Row {
        let classicalError, classicalTernary, quantumError, quantumTernary: Int

        init(_ classicalError: Int, _ classicalTernary: Int, _ quantumError: Int, _ quantumTernary: Int) {
            self.classicalError = classicalError
            self.classicalTernary = classicalTernary
            self.quantumError = quantumError
            self.quantumTernary = quantumTernary
        }
    }

    private static let rows = [
        1024: Row(29, 27, 27, 25), 2048: Row(56, 54, 53, 51), 4096: Row(111, 109, 103, 101),
        8192: Row(220, 218, 206, 202), 16_384: Row(440, 438, 413, 411), 32_768: Row(883, 881, 829, 827),
    ]
}
