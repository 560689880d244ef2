import ArgumentParser
import Foundation
import HomomorphicEncryption
import RingArithmetic

/// Measures the encryption of one round. `Scripts/bench-encryption.sh` runs it beside other libraries.
@main
struct EncryptionBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures the encryption of one round at full size, in processor time of one thread.",
        subcommands: [Measure.self, TransformTimes.self, StreamHospitals.self, StreamCoordinator.self])

    /// Prints one line of JSON with the bytes of a round, then one with its times for every line it reads.
    struct Measure: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One line of JSON of a round's bytes; then one of its times for every line of input.")

        @Option(help: "Parameters of an update.")
        var dimension = 1_000_000
        @Option(help: "Hospitals.")
        var members = 10
        @Option(help: "Parameter set (tiny, small, large); without it the plan with the least traffic.")
        var set: ParameterSet?
        @Flag(help: "Print the bytes and stop.")
        var bytesOnly = false

        func run() throws {
            if let kernels = ProcessInfo.processInfo.environment["CORDON_KERNELS"] {
                try RingKernels.select(named: kernels)
            }
            let measurement = try RoundMeasurement(dimension: dimension, members: members, set: set)
            try JSONLines.write(measurement.bytes)
            guard !bytesOnly else { return }
            while readLine() != nil {
                try JSONLines.write(measurement.repetition())
            }
        }
    }
}

extension ParameterSet: ExpressibleByArgument {}
