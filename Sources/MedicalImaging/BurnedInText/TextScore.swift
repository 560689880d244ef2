import Foundation

/// The odds that a line of pieces is text: a logistic regression on features, their squares and logarithms,
/// log p / (1 − p) = b + Σᵢ (uᵢ fᵢ + vᵢ fᵢ² + wᵢ ln(1 + |fᵢ|)).
///
/// Fitted by scikit-learn, classes balanced, to lines of 3,000 planted strings in 18 fonts, and to what else the
/// detector took for lines in 2,400 chest radiographs and 39 slices that bear no text (Decision 0012: commands, and the
/// figures of images and fonts that were not used here).
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

    private static let intercept = -75.8919
    private static let weights = [
        Weight(-0.075321, 0.0073028, -4.3173),  // letters
        Weight(-2.3598, 3.8111, -1.6288),  // sharpness
        Weight(2.2383, -0.042667, 4.0707),  // alignment
        Weight(2.0552, 0.002535, 1.7725),  // otherAlignment
        Weight(-0.020798, -8.286e-05, 0.42326),  // peakDeviation
        Weight(0.22152, 0.015682, 8.7531),  // runsAcross
        Weight(0.31266, -2.0134, 18.082),  // runsDown
        Weight(-0.020875, -3.3176e-05, 7.5128),  // contrast
        Weight(14.225, -151.04, 32.207),  // contrastDeviation
        Weight(0.075103, 1.5882e-05, -10.049),  // clutter
        Weight(-1.521, -14.228, 0.82934),  // heightDeviation
        Weight(-3.4161, -18.098, 18.991),  // strokeDeviation
        Weight(7.4997, -13.413, 10.05),  // stroke
        Weight(5.5821, -1.1648, 1.4771),  // fill
        Weight(3.1821, -30.099, 7.5726),  // fillDeviation
        Weight(-0.51732, 0.0072034, 4.7555),  // size
        Weight(-0.40816, -0.0025084, 8.0377),  // count
        Weight(-0.010092, 0.00012969, -0.60452),  // threshold
        Weight(-0.29018, -0.013239, 0.69006),  // scale
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
