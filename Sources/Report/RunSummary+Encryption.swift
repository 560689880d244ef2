extension RunSummary {
    /// Parameters and cost of the encryption.
    package struct Encryption: Codable, Hashable, Sendable {
        /// Name of the parameter set.
        package var name: String
        /// Degree N of the ring Z_Q[X]/(X^N + 1).
        package var ringDegree: Int
        /// Bit length of each prime of Q.
        package var modulusBits: [Int]
        /// Parameters packed into one coefficient.
        package var fields: Int
        /// Ring elements an update takes.
        package var blocks: Int
        /// Bound B on the L2 norm of a quantised update.
        package var normBound: Double
        /// Estimated security against a quantum adversary, in bits.
        package var quantumSecurityBits: Double
        /// Estimated security against a classical adversary, in bits.
        package var classicalSecurityBits: Double
        /// Bytes of one encrypted update.
        package var ciphertextBytesPerHospitalRound: Int
        /// Bytes of the key shares that one hospital deals in one round.
        package var shareBytesPerHospitalRound: Int

        package init(
            name: String, ringDegree: Int, modulusBits: [Int], fields: Int, blocks: Int, normBound: Double,
            quantumSecurityBits: Double, classicalSecurityBits: Double, ciphertextBytesPerHospitalRound: Int,
            shareBytesPerHospitalRound: Int
        ) {
            self.name = name
            self.ringDegree = ringDegree
            self.modulusBits = modulusBits
            self.fields = fields
            self.blocks = blocks
            self.normBound = normBound
            self.quantumSecurityBits = quantumSecurityBits
            self.classicalSecurityBits = classicalSecurityBits
            self.ciphertextBytesPerHospitalRound = ciphertextBytesPerHospitalRound
            self.shareBytesPerHospitalRound = shareBytesPerHospitalRound
        }
    }
}
