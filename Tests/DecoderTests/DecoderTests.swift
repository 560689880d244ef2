import Federation
import FederationSetup
import Foundation
import HomomorphicEncryption
import Ledger
import MedicalImaging
import ModelTraining
import MultipartyEncryption
import SecureAggregation
import Testing

/// Every decoder on mutated sound inputs: it parses or throws an error of its module, and never traps.
///
/// The seed is fixed. `CORDON_FUZZ_SECONDS` runs each decoder so long with fresh seeds (`make fuzz`); the input at hand
/// then lies in the file that `CORDON_FUZZ_INPUT` names, to be found after a trap.
@Suite(.serialized) struct DecoderTests {
    private static let environment = ProcessInfo.processInfo.environment

    @Test func soundInputsAreRead() throws {
        for decoder in try Self.all() {
            #expect(!decoder.inputs.isEmpty, "\(decoder.name)")
            for input in decoder.inputs {
                #expect(throws: Never.self, "\(decoder.name)") { try decoder.decode(input) }
            }
        }
    }

    @Test func mutatedInputsAreReadOrRefusedByName() throws {
        for decoder in try Self.all() {
            guard let seconds = Self.environment["CORDON_FUZZ_SECONDS"].flatMap(Double.init) else {
                var mutation = Mutation(seed: 1, decoder: decoder.name)
                for _ in 0..<400 {
                    try Self.run(decoder, on: mutation.mutated(of: decoder.inputs))
                }
                continue
            }
            let end = ContinuousClock.now + .seconds(seconds)
            var generator = SystemRandomNumberGenerator()
            var runs = 0
            while ContinuousClock.now < end {
                var mutation = Mutation(seed: generator.next(), decoder: decoder.name)
                for _ in 0..<100 {
                    let input = mutation.mutated(of: decoder.inputs)
                    if let path = Self.environment["CORDON_FUZZ_INPUT"] {
                        try Data(input).write(to: URL(fileURLWithPath: path))
                    }
                    try Self.run(decoder, on: input)
                    runs += 1
                }
            }
            print("\(decoder.name): \(runs) inputs")
        }
    }

    private static func all() throws -> [Decoder] {
        try Decoder.encryption() + Decoder.protocols() + Decoder.files() + Decoder.setup()
            + [Decoder.dicom(), Decoder.nifti()]
    }

    private static func run(_ decoder: Decoder, on input: [UInt8]) throws {
        do {
            try decoder.decode(input)
        } catch {
            let isNamed =
                switch error {
                case is AggregationError, is SharingError, is EncryptionError, is FederationError, is LedgerError,
                    is ImagingError, is TrainingError, is SetupError, is DecodingError:
                    true
                default: false
                }
            let hexadecimal = input.prefix(4096).map { String(format: "%02x", $0) }.joined()
            #expect(isNamed, "\(decoder.name) threw \(error) on \(hexadecimal)")
        }
    }
}
