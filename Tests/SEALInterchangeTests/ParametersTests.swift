import SEALInterchange
import Testing

@Suite("SEALInterchange: parameters")
struct ParametersTests {
    /// `EncryptionParameters.to_bytes()` of seal-python 4.4.0: BFV, N = 4096, two 47-bit primes, a 20-bit t.
    static let saved: [UInt8] = Hexadecimal.bytes(
        "5ea1100404000000690000000000000001001000000000000002000000000000005ea1100404000000180000000000000001c0feffff7f"
            + "00005ea110040400000018000000000000000180fcffff7f00005ea1100404000000180000000000000001c00f0000000000")

    @Test func readAndWrittenAsSEALDoes() throws {
        let parameters = try SEALParameters(serialised: Self.saved)
        #expect(parameters.scheme == .bfv && parameters.degree == 4096)
        #expect(parameters.moduli == [140_737_488_273_409, 140_737_488_125_953])
        #expect(parameters.plainModulus == 1_032_193)
        #expect(try parameters.serialised(version: .v44) == Self.saved)
        let identifier = Hexadecimal.bytes("10d88ab5d37507a788eccd5e23724805082208075ef99e3ad6f888b0af59ca26")
        #expect(parameters.identifier(primes: 1) == identifier)
        #expect(parameters.primes(ofLevel: identifier) == 1)
    }

    @Test(arguments: SEALCompression.allCases, SEALVersion.allCases)
    func everyCompressionAndVersionComesBack(compression: SEALCompression, version: SEALVersion) throws {
        let parameters = try SEALParameters(serialised: Self.saved)
        let bytes = try parameters.serialised(compression: compression, version: version)
        #expect(try SEALParameters(serialised: bytes) == parameters)
    }

    @Test func parametersThatSEALRefusesAreRefused() {
        let prime: UInt64 = 140_737_488_273_409
        let cases: [(SEALScheme, Int, [UInt64], UInt64)] = [
            (.bfv, 4095, [prime], 65537), (.bfv, 512, [prime], 65537), (.bfv, 4096, [], 65537),
            (.bfv, 4096, [prime, prime], 65537), (.bfv, 4096, [prime + 2], 65537), (.bfv, 4096, [prime], 1),
            (.bfv, 4096, [prime], prime), (.ckks, 4096, [prime], 65537), (.bfv, 4096, [UInt64.max], 65537),
        ]
        for (scheme, degree, moduli, plain) in cases {
            let error = #expect(throws: InterchangeError.self) {
                try SEALParameters(scheme: scheme, degree: degree, moduli: moduli, plainModulus: plain)
            }
            #expect(error?.code == .unsupportedParameters)
        }
    }
}
