import ArgumentParser
import CRingKernels
import RingArithmetic

/// The number-theoretic transform in every family of kernels that this processor runs, call by call in turn.
struct TransformTimes: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kernels",
        abstract: "Microseconds of a transform of one row in each family of kernels, and how many times portable.")

    @Option(help: "Samples of each; the median counts.")
    var samples = 301
    @Flag(help: "One line of JSON for each row of the table.")
    var json = false

    private struct Row: Encodable {
        let degree: Int
        let direction: String
        let microseconds: [String: Double]
    }

    /// Calls a sample: long enough for the clock.
    private static let calls = 16
    private static let families: [(name: String, family: cordon_kernels)] = [
        CORDON_KERNELS_PORTABLE, CORDON_KERNELS_NEON, CORDON_KERNELS_AVX2, CORDON_KERNELS_IFMA,
    ].filter(cordon_kernels_supported).map { (String(cString: cordon_kernels_name($0)), $0) }

    func validate() throws {
        guard (1...100_000).contains(samples) else { throw ValidationError("--samples: 1 to 100000") }
    }

    func run() throws {
        for degree in [4096, 8192] {
            let modulus = PrimeSearch.largest(1, below: 1 << 47, congruentToOneModulo: UInt64(2 * degree))[0]
            guard let table = cordon_ntt_create(degree, modulus) else {
                throw BenchmarkFailure("no memory for the tables of degree \(degree)")
            }
            defer { cordon_ntt_free(table) }
            for (direction, transform) in [("forward", cordon_ntt_forward_by), ("inverse", cordon_ntt_inverse_by)] {
                try report(
                    Row(
                        degree: degree, direction: direction,
                        microseconds: measured(degree, modulus) {
                            transform($0, $1, table)
                        }))
            }
        }
    }

    private func measured(
        _ degree: Int, _ modulus: UInt64, _ transform: (cordon_kernels, UnsafeMutablePointer<UInt64>) -> Void
    ) -> [String: Double] {
        var stream = KeyedStream(key: [8], label: "transform times")
        var row = (0..<degree).map { _ in stream.next() % modulus }
        var seconds = [[Double]](repeating: [], count: Self.families.count)
        for _ in 0..<samples {
            for (index, (_, family)) in Self.families.enumerated() {
                seconds[index].append(
                    ProcessorClock.measure { for _ in 0..<Self.calls { transform(family, &row) } }.seconds)
            }
        }
        let medians = seconds.map { $0.sorted()[samples / 2] * 1e6 / Double(Self.calls) }
        return Dictionary(uniqueKeysWithValues: zip(Self.families.map(\.name), medians))
    }

    private func report(_ row: Row) throws {
        if json { return try JSONLines.write(row) }
        let portable = row.microseconds["portable"] ?? .nan
        let cells = Self.families.map { name, _ in
            let time = row.microseconds[name] ?? .nan
            return "\(name) \(rounded(time)) µs (\(rounded(portable / time))x)"
        }
        print("N = \(row.degree) \(row.direction): " + cells.joined(separator: ", "))
    }

    private func rounded(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
