package import RingArithmetic

/// What one private step does with its patients' gradients: bounds each, adds them up, and releases the sum with noise.
/// Training and its audit run the same implementation (`NoisySum`); the audit's tests also run broken ones.
package protocol PatientSum {
    init(count: Int, clipNorm: Double)

    /// Adds patients' gradients, one after the other, each of `count` values.
    mutating func add(_ gradients: [Float])

    /// The sum with noise of deviation `noiseMultiplier · clipNorm`, in the units of a gradient.
    func released(noiseMultiplier: Double, using rng: inout some CryptographicGenerator) throws -> [Double]
}
