import ArgumentParser
import HomomorphicEncryption
import MultipartyEncryption
import RingArithmetic
import SecureAggregation

/// All hospitals of a streaming run: encrypts their updates to files, and the threshold's answers to the openings.
struct StreamHospitals: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes the hospitals' encrypted updates and answers for `stream-coordinator`.")

    @Argument(help: "Directory for the blobs.")
    var directory: String
    @Option(help: "Parameters of an update.")
    var dimension = 11_700_000
    @Option(help: "Hospitals.")
    var members = 50

    func run() throws {
        let files = try BlobFiles(directory)
        let federation = try BenchmarkFederation(dimension: dimension, members: members, set: nil)
        let parameters = federation.parameters
        let polynomials = federation.publicPolynomials()
        let families = SketchFamilies(parameters: parameters, polynomials: polynomials, beacon: federation.beacon)
        let helpers = 0..<federation.sharing.threshold
        var shares = [[DealtShare]](repeating: [], count: helpers.count)
        var total = [Int64](repeating: 0, count: parameters.coefficients * parameters.fields)
        for member in 0..<members {
            let values = federation.integers(federation.update(of: member), of: member)
            for (index, value) in values.enumerated() {
                total[index] += value
            }
            let dealing = try federation.deal(values, by: member, polynomials: polynomials)
            try files.write(dealing.update.blocks, to: files.update(of: member))
            let own = helpers.map { dealing.share(for: $0) }
            try files.write(own.map { families.answer($0).bytes }, to: files.sketchAnswers(about: member))
            for helper in helpers {
                shares[helper].append(own[helper])
            }
        }
        for helper in helpers {
            let sum = KeyShareSum(summing: shares[helper], parameters: parameters)
            try files.write([sum.bytes], to: files.keyShareSum(of: helper))
        }
        let width = IntegerWidth(magnitudes: parameters.fieldWidth / 2)
        var transcript = TranscriptHash(domain: "cordon/decrypted-sum/v3")
        transcript.begin(integers: total.count, width: width)
        transcript.extend(with: total, width: width)
        try files.write([transcript.digest()], to: files.expectedDigest)
    }
}
