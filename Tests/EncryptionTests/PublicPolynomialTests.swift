import HomomorphicEncryption
import RingArithmetic
import SecureAggregation
import Testing

@Suite struct PublicPolynomialTests {
    /// Known answer of Tests/Vectors/stream_vectors.py (OpenSSL's AES, Python's integers).
    @Test func residuesEqualThoseOfPython() throws {
        let parameters = try EncryptionParameters(
            set: .small, dimension: 97_906, members: 5, patientLevelPrivacy: false)
        let polynomials = PublicPolynomials(
            parameters: parameters, federation: Array("federation".utf8), seed: Array("seed".utf8))
        let first = polynomials[0][0]
        #expect(Array(first.prefix(3)) == [70_065_144_162_581, 10_153_972_332_325, 60_927_401_109_214])
        #expect(first.last == 36_014_145_457_552)
        #expect(first.reduce(0, &+) == 576_825_172_590_819_062)
        let second = polynomials[1][1]
        #expect(Array(second.prefix(3)) == [9_635_202_549_551, 46_973_452_104_753, 78_443_732_851_675])
        #expect(second.last == 133_227_574_547_599)
        #expect(second.reduce(0, &+) == 575_007_090_524_993_345)
    }
}
