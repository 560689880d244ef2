import CRingKernels
import RingArithmetic
import Testing

@Suite struct KernelTests {
    static let rings: [(degree: Int, modulus: UInt64)] = [
        (64, 140_737_488_273_409), (1024, 140_737_488_273_409), (2048, 140_737_488_273_409),
        (4096, 140_737_488_273_409), (8192, 140_737_488_273_409), (8192, 140_737_488_125_953),
        (8192, 140_737_488_044_033),
    ]

    /// Random residues with the edges 0, 1, q−1 in front; with `edges`, nothing but q−1.
    static func row(_ degree: Int, _ modulus: UInt64, seed: UInt64, edges: Bool = false) -> [UInt64] {
        var generator = KeyedStream(key: [1], label: "kernel tests", indices: [seed])
        return (0..<degree).map { index in
            edges ? modulus - 1 : index < 3 ? [0, 1, modulus - 1][index] : generator.next() % modulus
        }
    }

    @Test(arguments: rings.indices)
    func transformsInvertAndAgreeWithThePlainKernels(ring: Int) throws {
        let (degree, modulus) = Self.rings[ring]
        let table = try #require(cordon_ntt_create(degree, modulus))
        defer { cordon_ntt_free(table) }
        for edges in [false, true] {
            let input = Self.row(degree, modulus, seed: 1, edges: edges)
            var fast = input
            var plain = input
            cordon_ntt_forward(&fast, table)
            cordon_ntt_forward_portable(&plain, table)
            #expect(fast == plain)
            cordon_ntt_inverse(&fast, table)
            cordon_ntt_inverse_portable(&plain, table)
            #expect(fast == input)
            #expect(plain == input)
        }
    }

    @Test(arguments: SEALTransformVector.all.indices)
    func transformEqualsThatOfSEAL(index: Int) throws {
        let vector = SEALTransformVector.all[index]
        var row = (0..<UInt64(vector.degree)).map { (j: UInt64) -> UInt64 in (j * j + 3 * j + 1) % 30_011 }
        let table = try #require(cordon_ntt_create(vector.degree, vector.modulus))
        defer { cordon_ntt_free(table) }
        cordon_ntt_forward(&row, table)
        #expect(Array(row.prefix(4)) == vector.firstValues)
        #expect(Array(row.suffix(4)) == vector.lastValues)
        var sum: UInt64 = 0
        for (index, value) in row.enumerated() {
            sum &+= UInt64(index + 1) &* value
        }
        #expect(sum == vector.weightedSum)
    }

    @Test(arguments: [false, true])
    func productsAgreeWithWideDivision(edges: Bool) {
        let modulus: UInt64 = 140_737_488_125_953
        let field = PrimeField(modulus: modulus)
        let left = Self.row(8192, modulus, seed: 2, edges: edges)
        let right = Self.row(8192, modulus, seed: 3, edges: edges)
        let products = zip(left, right).map { field.multiply($0, $1) }
        var row = [UInt64](repeating: 0, count: 8192)
        cordon_multiply(&row, left, right, 8192, modulus)
        #expect(row == products)
        cordon_multiply_portable(&row, left, right, 8192, modulus)
        #expect(row == products)
        let start = Self.row(8192, modulus, seed: 4, edges: edges)
        let expected = zip(start, products).map { field.add($0, $1) }
        var fast = start
        cordon_multiply_accumulate(&fast, left, right, 8192, modulus)
        var plain = start
        cordon_multiply_accumulate_portable(&plain, left, right, 8192, modulus)
        #expect(fast == expected && plain == expected)
        let dot = products.reduce(0) { field.add($0, $1) }
        #expect(cordon_dot(left, right, 8192, modulus) == dot)
        #expect(cordon_dot_portable(left, right, 8192, modulus) == dot)
        var scaled = start
        cordon_scale_accumulate(&scaled, left, modulus - 2, 8192, modulus)
        #expect(scaled == zip(start, left).map { field.add($0, field.multiply($1, modulus - 2)) })
        var stepped = start
        cordon_horner(&stepped, left, 1024, 8192, modulus)
        #expect(stepped == zip(start, left).map { field.add(field.multiply($0, 1024), $1) })
        var difference = start
        cordon_add(&difference, left, 8192, modulus)
        cordon_subtract(&difference, left, 8192, modulus)
        #expect(difference == start)
    }

    @Test func packingRoundTripsAndRefusesLargeResidues() throws {
        let modulus: UInt64 = 140_737_488_273_409
        let row = Self.row(4096, modulus, seed: 5)
        let bytes = PackedResidues.pack(row)
        #expect(bytes.count == 4096 * 47 / 8)
        #expect(PackedResidues.unpack(bytes[...], count: 4096, modulus: modulus) == row)
        // Bit i of residue j is bit 47·j + i of the stream.
        var last: UInt64 = 0
        for bit in 0..<47 {
            let index = 47 * 4095 + bit
            last |= UInt64(bytes[index / 8] >> UInt8(index % 8) & 1) << UInt64(bit)
        }
        #expect(last == row[4095])
        #expect(PackedResidues.unpack(bytes.dropLast(), count: 4096, modulus: modulus) == nil)
        for position in Array(0..<16) + Array(4072..<4096) {
            var wrong = row
            wrong[position] = modulus
            #expect(PackedResidues.unpack(PackedResidues.pack(wrong)[...], count: 4096, modulus: modulus) == nil)
        }
    }
}
