/// N integers modulo `t` in the slots of one plaintext, in SEAL's order: two rows of N/2.
///
/// Slot `i` of the first row is the value at `ψ^(3^i)`, of the second at `ψ^(−3^i)`, with `ψ` the smallest primitive
/// 2N-th root of unity modulo `t`. Source: SEAL 4.x, batchencoder.cpp.
package struct BatchEncoder: Sendable {
    private let parameters: SEALParameters
    private let transform: SlotTransform
    /// Where the transform puts each slot.
    private let positions: [Int]

    /// - Throws: `InterchangeError` unless `t` is a prime below 2^62 that is 1 modulo 2N.
    package init(_ parameters: SEALParameters) throws {
        transform = try SlotTransform(degree: parameters.degree, modulus: parameters.plainModulus)
        let count = parameters.degree
        let bits = count.trailingZeroBitCount
        var first: [Int] = []
        var second: [Int] = []
        var power = 1
        for _ in 0..<count / 2 {
            first.append(SlotTransform.reversed((power - 1) / 2, bits: bits))
            second.append(SlotTransform.reversed((2 * count - power - 1) / 2, bits: bits))
            power = power * 3 % (2 * count)
        }
        positions = first + second
        self.parameters = parameters
    }

    /// - Throws: `InterchangeError` when there are more than N values or one is not below `t`.
    package func encode(_ values: [UInt64]) throws -> BFVPlaintext {
        guard values.count <= positions.count, values.allSatisfy({ $0 < parameters.plainModulus }) else {
            throw InterchangeError(
                .malformed, "at most \(positions.count) values below t fill the slots of a plaintext")
        }
        var slots = [UInt64](repeating: 0, count: positions.count)
        for (position, value) in zip(positions, values) {
            slots[position] = value
        }
        return BFVPlaintext(checked: transform.inverse(slots))
    }

    /// All N slots.
    package func decode(_ plaintext: BFVPlaintext) -> [UInt64] {
        let slots = transform.forward(plaintext.coefficients)
        return positions.map { slots[$0] }
    }
}
