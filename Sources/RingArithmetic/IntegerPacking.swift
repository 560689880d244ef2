internal import CRingKernels

/// Several signed integers in each coefficient: `m_j = Σ_f u[F·j+f]·W^f`, plaintext `Δ·m_j` modulo Q.
package final class IntegerPacking: @unchecked Sendable {
    // Unchecked because the constants are a C pointer; they are written once, in init, and only read afterwards.
    private let constants: OpaquePointer
    package let ring: RingContext
    package let fields: Int

    /// - Parameters:
    ///   - scale: `Δ`, at least 2 and below 2^46.
    ///   - width: `W`, at least 2 and at most 2^40, with `W^F·Δ ≤ Q`.
    package init(ring: RingContext, fields: Int, scale: UInt64, width: UInt64) {
        precondition(fields >= 1 && scale >= 2 && scale < 1 << 46 && width >= 2, "fields, scale and width are positive")
        precondition(
            width <= Self.largestWidth(moduli: ring.moduli, scale: scale, fields: fields),
            "the fields exceed the modulus")
        guard let constants = cordon_fields_create(ring.moduli, ring.moduli.count, scale, width, fields) else {
            preconditionFailure("no memory for the constants of a packing")
        }
        self.constants = constants
        self.ring = ring
        self.fields = fields
    }

    deinit {
        cordon_fields_free(constants)
    }

    /// `⌊(Q/Δ)^(1/F)⌋`, at most 2^40.
    package static func largestWidth(moduli: [UInt64], scale: UInt64, fields: Int) -> UInt64 {
        cordon_fields_width(moduli, moduli.count, scale, fields)
    }

    /// Adds the plaintext of at most `F·N` integers, each below 2^46 in size; missing ones are zero.
    package func add(_ values: ArraySlice<Int64>, to polynomial: inout Polynomial<CoefficientDomain>) {
        precondition(values.count <= fields * ring.degree, "a block holds F·N integers")
        values.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            precondition(cordon_fields_admit(base, source.count), "integers are below 2^46 in size")
            cordon_fields_encode(polynomial.mutableRow(0), base, source.count, ring.degree, constants)
        }
    }

    /// The centred digits, F a coefficient, and the noise of every coefficient.
    ///
    /// Exact while each digit but the last lies within ±W/2, and the noise within ±Δ/2; the last digit takes the rest
    /// and is limited to ±2^61.
    package func decode(_ polynomial: Polynomial<CoefficientDomain>) -> (digits: [Int64], noise: [Int64]) {
        decode(rows: ring.moduli.indices.map { polynomial.row($0) }, count: ring.degree)
    }

    /// The same for loose residues, one array a prime.
    package func decode(residues: [[UInt64]]) -> (digits: [Int64], noise: [Int64]) {
        precondition(residues.count == ring.moduli.count, "one array a prime")
        let count = residues[0].count
        precondition(residues.allSatisfy { $0.count == count }, "arrays of one length")
        let joined = Array(residues.joined())
        return joined.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return ([], []) }
            return decode(rows: residues.indices.map { base + $0 * count }, count: count)
        }
    }

    private func decode(rows: [UnsafePointer<UInt64>], count: Int) -> (digits: [Int64], noise: [Int64]) {
        var digits = [Int64](repeating: 0, count: count * fields)
        var noise = [Int64](repeating: 0, count: count)
        let pointers: [UnsafePointer<UInt64>?] = rows
        cordon_fields_decode(&digits, &noise, pointers, count, constants)
        return (digits, noise)
    }
}
