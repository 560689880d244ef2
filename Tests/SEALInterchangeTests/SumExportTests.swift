import FederationFixtures
import HomomorphicEncryption
import MultipartyEncryption
import RingArithmetic
import SEALInterchange
import SecureAggregation
import Testing

/// The sum of a round, opened by Microsoft SEAL instead of by us.
@Suite("SEALInterchange: the sum of a round", .serialized)
struct SumExportTests {
    @Test(arguments: [(ParameterSet.tiny, 1217), (.small, 30_000), (.large, 70_000)])
    func sealOpensTheSumThatWeOpened(set: ParameterSet, dimension: Int) throws {
        guard let oracle = try Oracle(module: "seal") else { return }
        defer { oracle.remove() }
        let parameters = try EncryptionParameters(
            set: set, dimension: dimension, members: 3, patientLevelPrivacy: false)
        let sharing = try SharingPolicy(members: 3, threshold: 2)
        let federation = Array("federation".utf8)
        let polynomials = PublicPolynomials(parameters: parameters, federation: federation, seed: [1])
        var generator = KeyedStream(key: [7], label: "dealing")
        let dealings = try (0..<3).map { member in
            let values = (0..<dimension).map { Int64(($0 * (member + 3)) % 11) - 5 }
            return try Dealing(
                update: values, parameters: parameters, sharing: sharing, polynomials: polynomials,
                context: DealingContext(federation: federation, seed: [1], member: member), using: &generator)
        }
        let answers = Dictionary(
            uniqueKeysWithValues: [0, 2].map { recipient in
                (recipient, KeyShareSum(summing: dealings.map { $0.share(for: recipient) }, parameters: parameters))
            })
        let key = try #require(KeySum.reconstruct(answers, sharing: sharing, parameters: parameters))
        let sum = try EncryptedSum(dealings.map(\.update), parameters: parameters)
        let ours = try DecryptedSum.open(
            sum, with: key, polynomials: polynomials, contributors: 3, parameters: parameters)

        let export = try SumExport(key: key, parameters: parameters)
        try oracle.write(export.parameters.serialised(), to: "parameters")
        try oracle.write(export.secretKey(), to: "secret")
        try oracle.write(Array("\(parameters.fields) \(parameters.fieldWidth)".utf8), to: "packing")
        let names = (0..<2).map { "block-\($0)" }
        for (index, name) in names.enumerated() {
            let bytes = try export.ciphertext(block: sum.blocks[index], index: index, polynomials: polynomials)
            try oracle.write(bytes, to: name)
        }
        let printed = try oracle.run("sum")
        let perBlock = parameters.fields * parameters.ringDegree
        for (index, name) in names.enumerated() {
            let all = ours.values + ours.padding
            let expected = Array(all[index * perBlock..<(index + 1) * perBlock])
            #expect(try export.integers(inPlaintext: oracle.read("opened-" + name)) == expected)
            // What Python made of SEAL's plaintext, without any of our code.
            #expect(printed[name] == expected)
        }
    }
}
