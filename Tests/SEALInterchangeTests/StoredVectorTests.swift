import Foundation
import RingArithmetic
import SEALInterchange
import Testing

/// Files of Microsoft SEAL that Tests/Vectors/seal/make.py wrote.
@Suite("SEALInterchange: stored vectors")
struct StoredVectorTests {
    private func vector(_ name: String, file: String = #filePath) throws -> [UInt8] {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Vectors/seal")
        return [UInt8](try Data(contentsOf: folder.appendingPathComponent(name + ".bin")))
    }

    @Test(arguments: [("bfv-ciphertext", "bfv-secret"), ("bfv-seeded", "bfv-seeded-secret")])
    func bfvOpens(name: String, key: String) throws {
        let parameters = try SEALParameters(serialised: vector("bfv-parameters"))
        let context = try BFVContext(parameters)
        let secret = try BFVSecretKey(serialised: vector(key), context: context)
        let ciphertext = try BFVCiphertext(serialised: vector(name), context: context)
        let slots = try BatchEncoder(parameters).decode(secret.decrypt(ciphertext))
        #expect(slots == (0..<2048).map { (7 * $0 + 1) % 6000 })
    }

    @Test func bytesComeBackAsTheyWere() throws {
        let parameters = try SEALParameters(serialised: vector("bfv-parameters"))
        #expect(try parameters.serialised(version: .v44) == vector("bfv-parameters"))
        let secret = try SEALPlaintext(serialised: vector("bfv-secret"), parameters: parameters)
        #expect(try secret.serialised(version: .v44) == vector("bfv-secret"))
        let ciphertext = try SEALCiphertext(serialised: vector("bfv-ciphertext"), parameters: parameters)
        #expect(try ciphertext.serialised(version: .v44) == vector("bfv-ciphertext"))
    }

    /// The seeded form, compressed by SEAL: never a trap, and no cut is taken for whole.
    @Test func damagedSeededCiphertextsNeverTrap() throws {
        let parameters = try SEALParameters(serialised: vector("bfv-parameters"))
        let bytes = try vector("bfv-seeded")
        var generator = KeyedStream(key: [6], label: "seeded flips")
        var refused = 0
        for attempt in 0..<600 {
            var altered = bytes
            let reach = attempt % 2 == 0 ? 64 : bytes.count
            altered[Int.random(in: 0..<reach, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            do {
                _ = try SEALCiphertext(serialised: altered, parameters: parameters)
            } catch is InterchangeError {
                refused += 1
            }
        }
        #expect(refused > 100, "flips were hardly noticed")
        for length in stride(from: bytes.count - 1, to: 0, by: -7) {
            #expect(throws: InterchangeError.self) {
                try SEALCiphertext(serialised: Array(bytes.prefix(length)), parameters: parameters)
            }
        }
    }

    /// In evaluation form the phase is `c_0 + c_1·s`, value by value; c_1 comes from the seed.
    @Test func ckksOpensToWhatSEALOpened() throws {
        let parameters = try SEALParameters(serialised: vector("ckks-parameters"))
        let secret = try SEALPlaintext(serialised: vector("ckks-secret"), parameters: parameters)
        let ciphertext = try SEALCiphertext(serialised: vector("ckks-seeded"), parameters: parameters)
        let opened = try SEALPlaintext(serialised: vector("ckks-opened"), parameters: parameters)
        #expect(ciphertext.scale == 1_048_576 && opened.scale == 1_048_576 && ciphertext.isEvaluated)
        let field = PrimeField(modulus: parameters.moduli[0])
        let phase = (0..<1024).map { index in
            field.add(ciphertext.words[index], field.multiply(ciphertext.words[1024 + index], secret.words[index]))
        }
        #expect(phase == opened.words)
    }
}
