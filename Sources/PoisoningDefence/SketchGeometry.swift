/// The shape and the bounds of what the sketch opening reveals of one hospital's update.
package struct SketchGeometry: Sendable, Hashable, Codable {
    /// k: opened coordinates; at least 128 for the stated false-exclusion rates to hold.
    package let coordinates: Int
    /// R: families of public {0, ±1} polynomials, `k/R` coordinates each.
    package let families: Int
    /// F: packed fields a coordinate.
    package let fields: Int
    /// B: the L2 norm that an update's integers may have, at most 2^48.
    package let normBound: Int64
    /// σ²: variance of one coefficient of the encryption error.
    package let errorVariance: Double
    /// D: plaintext coefficients of an update, over all its blocks.
    package let coefficients: Int

    package init(
        coordinates: Int, families: Int, fields: Int, normBound: Int64, errorVariance: Double, coefficients: Int
    ) {
        precondition(coordinates > 0 && families > 0 && fields > 0 && coefficients > 0, "an empty sketch")
        precondition(coordinates * fields <= 1 << 14, "more sketch digits than the integer rules have room for")
        precondition(normBound > 0 && normBound <= 1 << 48, "norm bound out of the integer rules' range")
        precondition(errorVariance >= 0 && errorVariance < 1e6, "error variance out of the integer rules' range")
        self.coordinates = coordinates
        self.families = families
        self.fields = fields
        self.normBound = normBound
        self.errorVariance = errorVariance
        self.coefficients = coefficients
    }
}
