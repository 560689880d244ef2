/// What one repetition cost, in seconds of processor time.
struct RoundCosts: Codable {
    /// Public polynomials of the round, floats to integers, integers to packed bytes: one hospital.
    let publicPolynomials: Double
    let quantise: Double
    let encrypt: Double
    /// One hospital deals the shares of key, masks and nonce with their commitments, and seals them to all members.
    let deal: Double
    let seal: Double
    /// Bytes of all members to bytes of the sum.
    let aggregate: Double
    /// The key sum from the threshold's answers, the digits, and the floats of the mean.
    let openKeySum: Double
    let openDigits: Double
    let openFloats: Double
    /// The families of the round, the linear part of one hospital's sketch, one helper's answer about one dealer.
    let sketchFamilies: Double
    let sketchLinearPart: Double
    let sketchAnswer: Double
}
