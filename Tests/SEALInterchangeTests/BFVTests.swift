import RingArithmetic
import SEALInterchange
import Testing

@Suite("SEALInterchange: BFV")
struct BFVTests {
    @Test(arguments: Given.sizes)
    func encryptionSumAndProductOpen(degree: Int, primes: Int) throws {
        var given = try Given(degree: degree, primes: primes)
        let modulus = given.context.parameters.plainModulus
        let (first, second) = (given.values(3), given.values(5))
        let left = given.secret.encrypt(try given.encoder.encode(first), using: &given.generator)
        let publicKey = BFVPublicKey(given.secret, using: &given.generator)
        let right = publicKey.encrypt(try given.encoder.encode(second), using: &given.generator)
        #expect(given.encoder.decode(try given.secret.decrypt(left)) == first)
        #expect(given.encoder.decode(try given.secret.decrypt(right)) == second)
        let sum = try given.secret.decrypt(left.adding(right))
        #expect(given.encoder.decode(sum) == zip(first, second).map { ($0 + $1) % modulus })
        guard primes > 2 else { return }
        let product = try given.secret.decrypt(right.multiplied(by: given.encoder.encode(first)))
        #expect(given.encoder.decode(product) == zip(first, second).map { $0 * $1 % modulus })
        let again = try BFVCiphertext(serialised: right.serialised(compression: .zstandard), context: given.context)
        #expect(given.encoder.decode(try given.secret.decrypt(again)) == second)
    }

    @Test func everyCoefficientSurvivesAtTheEdges() throws {
        var given = try Given(degree: 4096, primes: 2)
        let top = given.context.parameters.plainModulus - 1
        let coefficients = (0..<4096).map { [0, 1, top, top / 2, top / 2 + 1][$0 % 5] }
        let plaintext = try BFVPlaintext(coefficients: coefficients, parameters: given.context.parameters)
        let ciphertext = given.secret.encrypt(plaintext, using: &given.generator)
        #expect(try given.secret.decrypt(ciphertext) == plaintext)
        let other = BFVSecretKey(context: given.context, using: &given.generator)
        #expect(try other.decrypt(ciphertext) != plaintext)
    }

    @Test func whatCannotBeComputedIsRefused() throws {
        var given = try Given(degree: 4096, primes: 2)
        let zero = try BFVPlaintext(coefficients: [], parameters: given.context.parameters)
        let ciphertext = given.secret.encrypt(zero, using: &given.generator)
        #expect(throws: InterchangeError.self) { try ciphertext.multiplied(by: zero) }
        let wide = PrimeSearch.largest(3, below: 1 << 47, congruentToOneModulo: 8192)
        let insecure = try SEALParameters(scheme: .bfv, degree: 4096, moduli: wide, plainModulus: 65537)
        #expect(throws: InterchangeError.self) { try BFVContext(insecure) }
        let small = PrimeSearch.largest(2, below: 1 << 37, congruentToOneModulo: 8192)
        let narrow = try SEALParameters(scheme: .bfv, degree: 4096, moduli: small, plainModulus: 65537)
        #expect(throws: InterchangeError.self) { try BFVContext(narrow) }
        let unbatched = try SEALParameters(scheme: .bfv, degree: 4096, moduli: small, plainModulus: 1 << 16)
        #expect(throws: InterchangeError.self) { try BatchEncoder(unbatched) }
        let other = try Given(degree: 8192, primes: 4)
        #expect(throws: InterchangeError.self) { try other.secret.decrypt(ciphertext) }
        #expect(throws: InterchangeError.self) { try given.encoder.encode([1_032_193]) }
    }
}
