/// What breaking one secret must cost at least.
package enum SecurityLevel: String, Sendable, Hashable, Codable, CaseIterable {
    /// 128 bits against a quantum computer by the conservative estimate: for data that stays private for decades.
    case quantum128
    /// 128 bits against today's computers.
    case classical128

    package func isReached(by estimate: SecurityEstimate) -> Bool { bits(of: estimate) >= 128 }

    /// The bits that this level counts.
    package func bits(of estimate: SecurityEstimate) -> Int {
        self == .quantum128 ? estimate.quantumBits : estimate.classicalBits
    }
}
