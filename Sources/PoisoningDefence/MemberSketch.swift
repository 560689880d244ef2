/// The opened sketch of one hospital's update: exact integers, the same for everybody who opens it.
package struct MemberSketch: Sendable, Hashable {
    /// The hospital's number in the agreement.
    package let member: Int
    /// `k·F` centred digits: random {0, ±1} combinations of the update's integers, each of variance ‖field‖²/2.
    package let digits: [Int64]
    /// `k` noises left after decoding, each of variance `σ²·D/2`.
    package let noise: [Int64]

    package init(member: Int, digits: [Int64], noise: [Int64]) {
        self.member = member
        self.digits = digits
        self.noise = noise
    }
}
