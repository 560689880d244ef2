import Foundation

/// The odds that a line of pieces is text: a logistic regression on features, their squares and logarithms,
/// log p / (1 − p) − log 9 = b + Σᵢ (uᵢ fᵢ + vᵢ fᵢ² + wᵢ ln(1 + |fᵢ|)), so that a positive score says p > 9/10.
///
/// Fitted by scikit-learn to lines of 3,000 planted strings in 18 fonts, and to what else the detector took for lines
/// in 2,400 chest radiographs that bear no text (Decision 0012: commands, and figures of other images and fonts).
enum TextScore {
    private struct Weight {
        let linear: Double
        let square: Double
        let logarithm: Double

        init(_ linear: Double, _ square: Double, _ logarithm: Double) {
            self.linear = linear
            self.square = square
            self.logarithm = logarithm
        }
    }

    private static let intercept = -72.9079
    private static let weights = [
        Weight(-0.38811, -0.031027, -1.6937),  // letters
        Weight(-1.7876, 4.5321, -4.919),  // sharpness
        Weight(2.041, -1.5331, 6.5572),  // alignment
        Weight(1.2897, 0.94296, 1.9589),  // otherAlignment
        Weight(-0.084482, 0.0007867, 0.098146),  // peakDeviation
        Weight(0.93098, 0.03624, 4.7632),  // runsAcross
        Weight(0.11397, -0.1609, 2.1306),  // runsDown
        Weight(0.016741, -0.00011955, 10.447),  // contrast
        Weight(0.0030972, 2.638, 0.64723),  // contrastDeviation
        Weight(0.8204, -2.7233, 1.8276),  // clutter
        Weight(-0.031813, -10.522, 0.76229),  // heightDeviation
        Weight(1.7015, -9.8896, 4.4833),  // strokeDeviation
        Weight(-6.4506, 44.906, -13.052),  // stroke
        Weight(3.7302, -0.14679, 7.2065),  // fill
        Weight(-0.26203, -4.2965, 0.63318),  // fillDeviation
        Weight(-0.017541, 0.0025871, -1.8228),  // size
        Weight(0.36051, -0.010757, 11.046),  // count
        Weight(-0.0060726, -7.7263e-05, 0.26948),  // threshold
        Weight(1.0663, -0.043847, -1.6319),  // scale
    ]

    static func score(_ features: [Double]) -> Double {
        precondition(features.count == weights.count, "a weight for every feature")
        return zip(features, weights).reduce(intercept) { sum, pair in
            let (value, weight) = pair
            return sum + weight.linear * value + weight.square * value * value
                + weight.logarithm * log(1 + abs(value))
        }
    }
}
