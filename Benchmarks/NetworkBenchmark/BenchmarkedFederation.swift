import Federation
import HomomorphicEncryption
import Ledger
import PoisoningDefence
import RingArithmetic

/// A federation of so many hospitals and parameters, the same in every process of the benchmark.
struct BenchmarkedFederation: Sendable {
    let agreement: Agreement
    let coordinator: Identity
    let hospitals: [Identity]
    let initialModel: [Float]

    init(members: Int, dimension: Int) throws {
        coordinator = try Identity(seed: [UInt8](repeating: 255, count: 32), name: "benchmark")
        hospitals = try (0..<members).map {
            try Identity(seed: [UInt8](repeating: UInt8($0 + 1), count: 32), name: "hospital-\($0 + 1)")
        }
        initialModel = [Float](repeating: 0, count: dimension)
        let corruptible = Agreement.defaultCorruptible(members: members)
        agreement = try Agreement(
            name: "benchmark", members: hospitals.map { Agreement.Member(name: $0.name, publicKey: $0.publicKey) },
            coordinatorKey: coordinator.publicKey,
            threshold: Agreement.defaultThreshold(members: members, corruptible: corruptible),
            corruptible: corruptible, rounds: 1, pipeline: "benchmark", initialModel: modelDigestOf(initialModel),
            encryption: try EncryptionParameters.plan(
                dimension: dimension, members: members, patientLevelPrivacy: false,
                roundingTolerance: try RoundingTolerance(millionths: 10_000)),
            clipNorm: 1, privacy: nil, defence: .standard(members: members, corruptible: corruptible),
            deadlines: PhaseDeadlines(
                commitMilliseconds: 900_000, revealMilliseconds: 300_000, sketchMilliseconds: 300_000,
                verdictMilliseconds: 300_000, sumMilliseconds: 300_000, reportMilliseconds: 600_000,
                voteMilliseconds: 300_000))
    }
}

/// A trainer that learns nothing: like hospitals, with a common direction and some of their own.
struct DrawnTrainer: LocalTrainer {
    let member: Int
    let dimension: Int

    func train(
        from model: [Float], round: UInt32, under privacy: PrivacyTerms?, using rng: inout some CryptographicGenerator
    ) throws -> TrainedUpdate {
        var common = KeyedStream(key: [1], label: "common")
        var own = KeyedStream(key: [1], label: "own", indices: [UInt64(member)])
        let scale = Float(1) / Float(dimension).squareRoot()
        return TrainedUpdate(
            difference: (0..<dimension).map { _ in
                (Self.uniform(&common) + Self.uniform(&own)) * scale
            }, event: nil)
    }

    private static func uniform(_ stream: inout KeyedStream) -> Float {
        Float(UInt32(truncatingIfNeeded: stream.next())) / Float(UInt32.max) - 0.5
    }

    func approves(candidate: [Float], over base: [Float]) throws -> Bool { true }
}
