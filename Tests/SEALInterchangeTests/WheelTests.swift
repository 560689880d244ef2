import RingArithmetic
import SEALInterchange
import Testing

/// Microsoft SEAL itself, from the wheels, opens what we wrote, and the reverse.
@Suite("SEALInterchange: the wheels", .serialized)
struct WheelTests {
    private func prepare(
        _ oracle: Oracle, degree: Int, primes: Int, _ compression: SEALCompression
    ) throws -> (Given, [String: [Int64]]) {
        var given = try Given(degree: degree, primes: primes)
        let publicKey = BFVPublicKey(given.secret, using: &given.generator)
        let first = try given.encoder.encode(given.values(3))
        let second = try given.encoder.encode(given.values(5))
        let symmetric = given.secret.encrypt(first, using: &given.generator)
        let asymmetric = publicKey.encrypt(second, using: &given.generator)
        // With one data prime no room is left for slots times slots: a small polynomial then.
        let factor =
            primes > 2 ? first : try BFVPlaintext(coefficients: [3], parameters: given.context.parameters)
        try oracle.write(given.context.parameters.serialised(compression: compression), to: "parameters")
        try oracle.write(given.secret.serialised(compression: compression), to: "secret")
        try oracle.write(publicKey.serialised(compression: compression), to: "public")
        try oracle.write(symmetric.serialised(compression: compression), to: "symmetric")
        try oracle.write(asymmetric.serialised(compression: compression), to: "asymmetric")
        try oracle.write(symmetric.adding(asymmetric).serialised(compression: compression), to: "sum")
        try oracle.write(asymmetric.multiplied(by: factor).serialised(compression: compression), to: "product")
        let (left, right) = (given.values(3), given.values(5))
        let modulus = given.context.parameters.plainModulus
        let factors = given.encoder.decode(factor)
        let expected: [String: [Int64]] = [
            "symmetric": left.map(Int64.init), "asymmetric": right.map(Int64.init),
            "sum": zip(left, right).map { Int64(($0 + $1) % modulus) },
            "product": zip(factors, right).map { Int64($0 * $1 % modulus) },
        ]
        return (given, expected)
    }

    @Test(arguments: Given.sizes)
    func sealOpensOursAndWeOpenSEALs(degree: Int, primes: Int) throws {
        // This wheel was built without Zstandard and zlib.
        guard let oracle = try Oracle(module: "seal") else { return }
        defer { oracle.remove() }
        let (given, expected) = try prepare(oracle, degree: degree, primes: primes, .none)
        let printed = try oracle.run("seal")
        #expect(printed == expected)

        let context = given.context
        let values = given.values(7)
        let modulus = context.parameters.plainModulus
        func open(_ name: String, _ key: BFVSecretKey) throws -> [UInt64] {
            let ciphertext = try BFVCiphertext(serialised: oracle.read(name), context: context)
            return given.encoder.decode(try key.decrypt(ciphertext))
        }
        #expect(try open("seal-under-ours", given.secret) == values)
        let theirs = try BFVSecretKey(serialised: oracle.read("seal-secret"), context: context)
        #expect(try open("seal-symmetric", theirs) == values)
        #expect(try open("seal-doubled", theirs) == values.map { 2 * $0 % modulus })
        if primes > 2 {
            #expect(try open("seal-switched", theirs) == values)
            #expect(try open("seal-square", theirs) == values.map { $0 * $0 % modulus })
        }
        let plaintext = try SEALPlaintext(serialised: oracle.read("seal-plain"), parameters: context.parameters)
        #expect(try BFVPlaintext(plaintext) == given.encoder.encode(values))

        var generator = given.generator
        let publicKey = try BFVPublicKey(serialised: oracle.read("seal-public"), context: context)
        let ciphertext = publicKey.encrypt(try given.encoder.encode(values), using: &generator)
        #expect(given.encoder.decode(try theirs.decrypt(ciphertext)) == values)
        // Read and written again, SEAL's own bytes come back.
        for name in ["seal-symmetric", "seal-under-ours"] {
            let bytes = try oracle.read(name)
            let again = try SEALCiphertext(serialised: bytes, parameters: context.parameters)
            #expect(try again.serialised(version: .v44) == bytes)
        }
    }

    @Test(arguments: Given.sizes)
    func tenSEALOpensOursAndItsSeedsExpand(degree: Int, primes: Int) throws {
        guard let oracle = try Oracle(module: "tenseal") else { return }
        defer { oracle.remove() }
        let (given, expected) = try prepare(oracle, degree: degree, primes: primes, .zstandard)
        #expect(try oracle.run("tenseal")["sum"] == expected["sum"])
        let bytes = try oracle.read("tenseal-seeded")
        #expect(bytes.count < 8 * degree * (primes - 1) + 300, "the ciphertext is not in the seeded form")
        let seeded = try BFVCiphertext(serialised: bytes, context: given.context)
        #expect(given.encoder.decode(try given.secret.decrypt(seeded)) == given.values(7))
        var generator = given.generator
        let secret = try BFVSecretKey(serialised: oracle.read("tenseal-secret"), context: given.context)
        let publicKey = try BFVPublicKey(serialised: oracle.read("tenseal-public"), context: given.context)
        let ciphertext = publicKey.encrypt(try given.encoder.encode(given.values(9)), using: &generator)
        #expect(given.encoder.decode(try secret.decrypt(ciphertext)) == given.values(9))
    }
}
