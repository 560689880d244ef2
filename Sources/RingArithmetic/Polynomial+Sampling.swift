internal import CRingKernels

extension Polynomial {
    /// Public uniform residues: of each prime's stream, 8-byte little-endian words whose low 47 bits are below the
    /// prime.
    ///
    /// Rejection makes them exactly uniform; its time shows nothing that is secret here.
    package init(publicStream stream: (_ prime: Int) -> KeyedStream, ring: RingContext) {
        self.init(ring: ring)
        forEachRow { prime, row, degree, modulus in
            var bytes = stream(prime)
            var found = 0
            while found < degree {
                let words = degree - found
                found += cordon_sample_public(row + found, words, bytes.bytes(8 * words), words, modulus)
            }
        }
    }

    /// Secret uniform residues: 16-byte integers of each prime's stream modulo the prime (bias below 2^-80).
    package init(secretStream stream: (_ prime: Int) -> KeyedStream, ring: RingContext) {
        self.init(ring: ring)
        forEachRow { prime, row, degree, modulus in
            var source = stream(prime)
            var bytes = source.bytes(16 * degree)
            cordon_sample_uniform(row, bytes, degree, modulus)
            zeroise(&bytes)
            source.erase()
        }
    }
}

extension Polynomial where Domain == CoefficientDomain {
    /// Adds centred-binomial values of variance 20.5, the same integers modulo every prime: 16 bytes of the stream
    /// each, the ones in 41 bits less the ones in 41 bits.
    package mutating func addCentredBinomial(_ stream: KeyedStream) {
        var source = stream
        var bytes = source.bytes(16 * ring.degree)
        var values = [Int8](repeating: 0, count: ring.degree)
        cordon_sample_binomial(&values, bytes, ring.degree)
        forEachRow { cordon_add_small($1, values, $2, $3) }
        zeroise(&values)
        zeroise(&bytes)
        source.erase()
    }
}

extension PrimeField {
    /// One secret uniform value from 16 bytes of the stream (bias below 2^-80).
    package func secretValue(_ stream: inout KeyedStream) -> UInt64 {
        var bytes = stream.bytes(16)
        var value: UInt64 = 0
        cordon_sample_uniform(&value, bytes, 1, modulus)
        zeroise(&bytes)
        return value
    }
}
