/// How good predictions are, with the definitions of scikit-learn (a ratio whose denominator is zero counts as zero).
package struct ClassificationMetrics: Codable, Hashable, Sendable {
    package struct PerClass: Codable, Hashable, Sendable {
        package let name: String
        /// Images of this class.
        package let support: Int
        package let precision: Double
        package let recall: Double
        package let f1: Double
        /// This class against the rest; nil if one of the two sides has no image.
        package let auc: Double?
    }

    package let accuracy: Double
    /// Mean recall over the classes that occur.
    package let balancedAccuracy: Double
    /// Of class 1 when there are two classes, else the macro average.
    package let precision: Double
    package let recall: Double
    package let f1: Double
    /// Unweighted means over the classes that occur or are predicted.
    package let macroPrecision: Double
    package let macroRecall: Double
    package let macroF1: Double
    /// Area under the curve of class 1 when there are two classes, else the mean of one against the rest; nil where no
    /// class has images on both sides.
    package let auc: Double?
    /// Share of the most frequent class: what always saying that class would reach.
    package let majorityShare: Double
    /// confusion[truth][prediction], counts.
    package let confusion: [[Int]]
    /// Of class 1 when there are two classes, else empty.
    package let roc: [ROCPoint]
    package let perClass: [PerClass]

    /// - Parameters:
    ///   - labels: True classes, one an image, at least one.
    ///   - probabilities: For each image one score a class; the largest wins, the first at a tie.
    /// - Throws: `TrainingError` if shapes disagree or a score is not finite.
    package init(labels: [Int], probabilities: [[Float]], classNames: [String]) throws {
        let classes = classNames.count
        guard classes >= 2, !labels.isEmpty, labels.count == probabilities.count,
            labels.allSatisfy({ (0..<classes).contains($0) }),
            probabilities.allSatisfy({ $0.count == classes && $0.allSatisfy(\.isFinite) })
        else {
            throw TrainingError(
                .invalidScores,
                "Metrics need one finite score a class for every image, and labels among \(classes) classes.")
        }
        var confusion = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
        for (label, scores) in zip(labels, probabilities) { confusion[label][Self.winner(scores)] += 1 }
        let supports = confusion.map { $0.reduce(0, +) }
        let predicted = (0..<classes).map { column in confusion.reduce(0) { $0 + $1[column] } }
        let right = (0..<classes).map { confusion[$0][$0] }
        perClass = (0..<classes).map { index in
            PerClass(
                name: classNames[index], support: supports[index],
                precision: ratio(right[index], predicted[index]), recall: ratio(right[index], supports[index]),
                f1: ratio(2 * right[index], supports[index] + predicted[index]),
                auc: areaUnderCurve(
                    scores: probabilities.map { Double($0[index]) }, positives: labels.map { $0 == index }))
        }
        let seen = (0..<classes).filter { supports[$0] + predicted[$0] > 0 }.map { [perClass] in perClass[$0] }
        macroPrecision = mean(seen.map(\.precision))
        macroRecall = mean(seen.map(\.recall))
        macroF1 = mean(seen.map(\.f1))
        accuracy = ratio(right.reduce(0, +), labels.count)
        balancedAccuracy = mean(perClass.filter { $0.support > 0 }.map(\.recall))
        majorityShare = ratio(supports.max() ?? 0, labels.count)
        self.confusion = confusion
        let binary = classes == 2
        precision = binary ? perClass[1].precision : macroPrecision
        recall = binary ? perClass[1].recall : macroRecall
        f1 = binary ? perClass[1].f1 : macroF1
        let areas = perClass.compactMap(\.auc)
        auc = binary ? perClass[1].auc : (areas.isEmpty ? nil : mean(areas))
        roc =
            binary
            ? receiverOperatingCurve(scores: probabilities.map { Double($0[1]) }, positives: labels.map { $0 == 1 })
            : []
    }

    /// The class with the largest score, the first at a tie.
    package static func winner(_ scores: [Float]) -> Int {
        scores.indices.max { scores[$0] < scores[$1] || (scores[$0] == scores[$1] && $0 > $1) } ?? 0
    }
}

private func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

private func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
}
