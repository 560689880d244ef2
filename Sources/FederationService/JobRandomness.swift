import RingArithmetic

/// Where a hospital's work takes its randomness from.
package enum JobRandomness: Sendable {
    case system
    /// A function of seed, member and round: for rehearsals and tests, where a run must give the same model again. Its
    /// keys are as predictable as its seed and protect nobody.
    case insecureSeed(UInt64)

    /// The generator of one contribution.
    func generator(member: Int, round: UInt32) -> AnyCryptographicGenerator {
        switch self {
        case .system: AnyCryptographicGenerator(SystemRandomNumberGenerator())
        case .insecureSeed(let seed):
            AnyCryptographicGenerator(
                KeyedStream(
                    key: withUnsafeBytes(of: seed.littleEndian) { Array($0) },
                    label: "cordon/simulation/v1/hospital \(member) job contribute \(round)"))
        }
    }
}

/// A generator whose kind is known at run time only.
struct AnyCryptographicGenerator: CryptographicGenerator {
    private var base: any CryptographicGenerator

    init(_ base: some CryptographicGenerator) { self.base = base }

    mutating func next() -> UInt64 { base.next() }
    mutating func fill(_ bytes: inout [UInt8]) { base.fill(&bytes) }
}
