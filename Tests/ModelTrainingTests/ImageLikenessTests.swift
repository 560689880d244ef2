import ModelTraining
import Testing

/// Against scikit-image (`Vectors/image-likeness.py`).
@Suite struct ImageLikenessTests {
    private static func image(_ value: (Int, Int) -> Double) -> [Double] {
        (0..<24).flatMap { row in (0..<32).map { value(row, $0) } }
    }

    private static let one = image { Double(($0 * 7 + $1 * 13) % 256) }

    @Test func likenessIsThatOfScikitImage() {
        let cases: [(other: [Double], peakSignalToNoise: Double, structuralSimilarity: Double)] = [
            (Self.image { Double(($0 * 7 + $1 * 13 + 40) % 256) }, 9.039524188786496, 0.3775628546174366),
            (Self.one.map { $0 / 2 + 30 }, 14.134426879016804, 0.7749131341657911),
            (Self.image { Double(($0 * $0 + 3 * $1) % 200) }, 8.659285807349445, 0.12023724619393036),
        ]
        for (other, peakSignalToNoise, structuralSimilarity) in cases {
            let likeness = ImageLikeness(Self.one, other, width: 32)
            #expect(abs(likeness.peakSignalToNoise - peakSignalToNoise) < 1e-9)
            #expect(abs(likeness.structuralSimilarity - structuralSimilarity) < 1e-9)
        }
    }

    @Test func anImageIsLikeItself() {
        let likeness = ImageLikeness(Self.one, Self.one, width: 32)
        #expect(likeness.peakSignalToNoise == 100 && abs(likeness.structuralSimilarity - 1) < 1e-12)
    }
}
