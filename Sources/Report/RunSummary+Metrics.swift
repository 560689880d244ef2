extension RunSummary {
    /// A model on one set of images. Precision, recall and F1 are of class 1 with two classes, and averages over
    /// the classes with more.
    package struct Metrics: Codable, Hashable, Sendable {
        /// Share of images labelled correctly.
        package var accuracy: Double
        /// Mean of the recalls of the classes.
        package var balancedAccuracy: Double?
        /// Share of the positive answers that are right.
        package var precision: Double?
        /// Share of the positives that are found.
        package var recall: Double?
        /// Harmonic mean of precision and recall.
        package var f1: Double?
        /// Area under the ROC curve (with more than two classes: one against the rest, averaged).
        package var auc: Double?
        /// Number of images by true class (row) and answered class (column).
        package var confusion: [[Int]]
        /// Points of the ROC curve from (0, 0) to (1, 1); empty with more than two classes.
        package var roc: [RocPoint]
        /// One entry a class, in the order of `classNames`.
        package var perClass: [ClassMetrics]

        package init(
            accuracy: Double, balancedAccuracy: Double? = nil, precision: Double? = nil, recall: Double? = nil,
            f1: Double? = nil, auc: Double? = nil, confusion: [[Int]], roc: [RocPoint] = [],
            perClass: [ClassMetrics] = []
        ) {
            self.accuracy = accuracy
            self.balancedAccuracy = balancedAccuracy
            self.precision = precision
            self.recall = recall
            self.f1 = f1
            self.auc = auc
            self.confusion = confusion
            self.roc = roc
            self.perClass = perClass
        }
    }

    /// One threshold of the ROC curve.
    package struct RocPoint: Codable, Hashable, Sendable {
        /// Share of the negatives called positive.
        package var falsePositiveRate: Double
        /// Share of the positives called positive.
        package var truePositiveRate: Double

        package init(falsePositiveRate: Double, truePositiveRate: Double) {
            self.falsePositiveRate = falsePositiveRate
            self.truePositiveRate = truePositiveRate
        }
    }

    /// A model on one class against the rest.
    package struct ClassMetrics: Codable, Hashable, Sendable {
        /// Name of the class.
        package var name: String
        /// Share of the answers of this class that are right.
        package var precision: Double?
        /// Share of the images of this class that are found.
        package var recall: Double?
        /// Harmonic mean of precision and recall.
        package var f1: Double?
        /// Area under the ROC curve, this class against the rest.
        package var auc: Double?
        /// Number of images of this class.
        package var images: Int

        package init(
            name: String, precision: Double? = nil, recall: Double? = nil, f1: Double? = nil, auc: Double? = nil,
            images: Int
        ) {
            self.name = name
            self.precision = precision
            self.recall = recall
            self.f1 = f1
            self.auc = auc
            self.images = images
        }
    }
}
