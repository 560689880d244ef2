import Foundation
import MedicalImaging
import RingArithmetic

@testable import ModelTraining

/// A reproducible stand-in for the cryptographic generator: the statistics are under test, not the secrecy.
struct RepeatableGenerator: CryptographicGenerator {
    private var inner: SeededGenerator

    init(_ seed: UInt64) { inner = SeededGenerator(seed: seed, label: "model training tests") }

    mutating func next() -> UInt64 { inner.next() }

    mutating func fill(_ bytes: inout [UInt8]) {
        for index in bytes.indices { bytes[index] = UInt8(truncatingIfNeeded: next()) }
    }
}

/// Small synthetic radiographs, as a training or a test set of a model.
func madeSet(
    _ kind: ModelKind, count: Int = 60, imageSize: Int = 16, split: Split = .train, seed: UInt64 = 1
) throws -> TrainingSet {
    let images = try makeSyntheticRadiographs(count: count, imageSize: imageSize, seed: seed)
    return try TrainingSet(
        images, indices: images.indices(of: split), specification: specification(kind, imageSize: imageSize),
        normalisation: .standard)
}

func specification(_ kind: ModelKind, imageSize: Int = 16, classCount: Int = 2) throws -> ModelSpecification {
    try ModelSpecification(kind: kind, imageSize: imageSize, classCount: classCount)
}

/// Small random parameters, so that no gradient is zero for want of a signal.
func randomParameters(_ count: Int, scale: Double = 0.3, seed: UInt64 = 5) -> [Float] {
    var generator = SeededGenerator(seed: seed, label: "random parameters")
    return (0..<count).map { _ in Float(generator.uniform(-scale, scale)) }
}

func vectorsFolder() -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Vectors")
}
