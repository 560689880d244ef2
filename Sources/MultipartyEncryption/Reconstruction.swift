package import RingArithmetic

/// What answers to one opening say.
package enum Reconstruction: Sendable, Hashable {
    /// Fewer than the threshold answered, or an answer has another length.
    case tooFew
    /// The answers do not lie on one polynomial of degree `threshold − 1`.
    case offPolynomial
    /// The polynomial's values at zero.
    case opened([UInt64])

    /// Opens rows of values shared over one field: Lagrange at zero from the first `threshold` members, in order, that
    /// answered; every further answer must lie on the same polynomials.
    ///
    /// With exactly `threshold` answers any values lie on some polynomial: nothing is checked then.
    package static func open(_ answers: [Int: [UInt64]], policy: SharingPolicy, field: PrimeField) -> Reconstruction {
        let members = answers.keys.sorted()
        guard members.count >= policy.threshold, members.allSatisfy({ (0..<policy.members).contains($0) }) else {
            return .tooFew
        }
        let rows = members.compactMap { answers[$0] }
        guard rows.allSatisfy({ $0.count == rows[0].count }) else { return .tooFew }
        let points = members.map(policy.point)
        let base = Array(points.prefix(policy.threshold))
        for extra in policy.threshold..<max(points.count, policy.threshold) {
            let expected = interpolate(rows, at: points[extra], from: base, field: field)
            if zip(expected, rows[extra]).reduce(0, { $0 | ($1.0 ^ $1.1) }) != 0 {
                return .offPolynomial
            }
        }
        return .opened(interpolate(rows, at: 0, from: base, field: field))
    }

    private static func interpolate(
        _ rows: [[UInt64]], at point: UInt64, from base: [UInt64], field: PrimeField
    ) -> [UInt64] {
        let weights = field.lagrangeWeights(at: point, from: base)
        var result = [UInt64](repeating: 0, count: rows[0].count)
        for (weight, row) in zip(weights, rows) {
            field.add(row, times: weight, to: &result)
        }
        return result
    }
}
