/// How many of how many members open a shared secret: Shamir's scheme with polynomials of degree `threshold − 1`.
package struct SharingPolicy: Sendable, Hashable, Codable {
    package let members: Int
    package let threshold: Int

    /// - Throws: `SharingError` unless `2 ≤ members ≤ 1024` and `members/2 < threshold ≤ members`, so that two disjoint
    ///   groups never both open.
    package init(members: Int, threshold: Int) throws {
        guard (2...1024).contains(members), threshold <= members, 2 * threshold > members else {
            throw SharingError(
                .unsafeThreshold,
                "a threshold of \(threshold) among \(members) hospitals is unsafe: it must exceed half of them and not "
                    + "exceed their number (2 to 1024)")
        }
        self.members = members
        self.threshold = threshold
    }

    private enum CodingKeys: String, CodingKey {
        case members, threshold
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            members: container.decode(Int.self, forKey: .members),
            threshold: container.decode(Int.self, forKey: .threshold))
    }

    /// The evaluation point of a member, never zero: at zero lies the secret.
    package func point(of member: Int) -> UInt64 {
        precondition((0..<members).contains(member), "members are numbered from zero")
        return UInt64(member + 1)
    }
}
