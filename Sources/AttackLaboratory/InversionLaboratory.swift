import Foundation
package import MedicalImaging
import ModelTraining
package import Report

/// Tries to see patients in updates: what a curious server reconstructs of one hospital's update unprotected, of what
/// the encrypted system shows it (the sum alone), and of an update under patient-level privacy.
///
/// The worst case for the patient: a hospital with one image, one step from the model that round 1 starts from.
package struct InversionLaboratory: Sendable {
    package let images: ImageSet
    package let hospitals: Int
    package let epsilon: Double
    /// Steps of descent on the pixels.
    package let steps: Int
    package let seed: UInt64

    private static let delta = 1e-5
    private static let rounds = 20
    /// Of the agreement; the noise on a step does not depend on it.
    private static let expectedPatients = 100
    /// Training images behind the mean-image guess.
    private static let publicImages = 200

    package init(images: ImageSet, hospitals: Int, epsilon: Double, steps: Int, seed: UInt64) {
        precondition(hospitals >= 2 && epsilon > 0 && steps >= 1)
        self.images = images
        self.hospitals = hospitals
        self.epsilon = epsilon
        self.steps = steps
        self.seed = seed
    }

    /// - Parameters:
    ///   - victims: how many images are attacked, one after the other, for each model.
    ///   - progress: told after each attack of those done and in all.
    /// - Throws: `TrainingError`; `ImagingError` for too few images.
    package func study(victims: Int, version: String, progress: (Int, Int) -> Void) throws -> InversionStudy {
        var generator = SeededGenerator(seed: seed, label: "inverted images")
        let order = generator.shuffled(images.indices(of: .train))
        guard order.count >= victims * hospitals + 10 else {
            throw ImagingError(
                .invalidArgument,
                "\(victims) victims among \(hospitals) hospitals take \(victims * hospitals + 10) training images, "
                    + "\(order.count) are there.")
        }
        let others = order.dropFirst(victims * hospitals).prefix(Self.publicImages).map { grey($0) }
        let guess = Prior(others)
        let models = GradientInversion.models
        var attacks: [InversionStudy.Attack] = []
        for (number, kind) in models.enumerated() {
            let inversion = try inversion(of: kind)
            for victim in 0..<victims {
                let group = Array(order[victim * hospitals..<(victim + 1) * hospitals])
                attacks += try attack(group, by: inversion, kind, guess)
                progress(number * victims + victim + 1, models.count * victims)
            }
        }
        return InversionStudy(
            cordonVersion: version, dataSet: images.name, isSynthetic: images.isSynthetic,
            imageSize: images.imageSize, hospitals: hospitals, epsilon: epsilon, delta: Self.delta, steps: steps,
            seed: seed, attacks: attacks)
    }

    private func inversion(of kind: ModelKind) throws -> GradientInversion {
        let specification = try ModelSpecification(
            kind: kind, imageSize: images.imageSize, classCount: images.classNames.count)
        return try GradientInversion(
            specification, normalisation: .standard,
            parameters: try specification.initialParameters(seed: seed), steps: steps)
    }

    /// The first of the group's images, as each view of the updates shows it.
    private func attack(
        _ group: [Int], by inversion: GradientInversion, _ kind: ModelKind, _ guess: Prior
    ) throws -> [InversionStudy.Attack] {
        let gradients = try group.map {
            try inversion.gradient(of: Array(images.grey($0)), label: images.samples[$0].label)
        }
        let own = gradients[0]
        let sum = own.indices.map { index in gradients.reduce(0) { $0 + $1[index] } }
        let privacy = try PrivacyConfiguration.calibrated(
            for: kind, epsilon: epsilon, delta: Self.delta, rounds: Self.rounds,
            expectedPatients: Self.expectedPatients)
        let truth = grey(group[0])
        let seen: [(InversionStudy.View, [Double])] = [
            (.unprotected, guess.pixels(try inversion.reconstructed(from: own, startingAt: guess.start))),
            (.sum, guess.pixels(try inversion.reconstructed(from: sum, startingAt: guess.start))),
            (
                .privately,
                guess.pixels(try inversion.reconstructed(from: noised(own, privacy, group[0]), startingAt: guess.start))
            ),
            (.guess, guess.mean),
        ]
        return try seen.map { view, pixels in
            let likeness = ImageLikeness(truth, pixels, width: images.imageSize)
            return InversionStudy.Attack(
                model: kind.rawValue, image: group[0], view: view,
                peakSignalToNoise: likeness.peakSignalToNoise,
                structuralSimilarity: likeness.structuralSimilarity,
                truthBase64: try png(truth), pictureBase64: try png(pixels))
        }
    }

    /// Clipped and noised as a step of private training does.
    private func noised(_ gradient: [Float], _ privacy: PrivacyConfiguration, _ image: Int) -> [Float] {
        var generator = SeededGenerator(seed: seed, label: "inversion noise \(image)")
        let norm = gradient.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        let factor = min(1, privacy.clipNorm / max(norm, 1e-12))
        return gradient.map {
            Float(factor * Double($0) + privacy.noiseMultiplier * privacy.clipNorm * generator.normal())
        }
    }

    private func grey(_ index: Int) -> [Double] { images.grey(index).map(Double.init) }

    private func png(_ pixels: [Double]) throws -> String {
        let bytes = pixels.map { UInt8(min(255, max(0, $0.rounded()))) }
        return Data(try encodePNG(bytes, width: images.imageSize, height: images.imageSize)).base64EncodedString()
    }
}

/// What an attacker knows of images like these before it sees any update.
private struct Prior {
    let mean: [Double]
    private let brightness: Double
    private let contrast: Double

    init(_ images: [[Double]]) {
        let count = Double(images.count)
        mean = images[0].indices.map { index in images.reduce(0) { $0 + $1[index] } / count }
        func average(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        let levels = images.map(average)
        brightness = average(levels)
        contrast = average(
            zip(images, levels).map { image, level in
                (image.reduce(0) { $0 + ($1 - level) * ($1 - level) } / Double(image.count)).squareRoot()
            })
    }

    /// The mean image, standardised.
    var start: [Float] {
        let level = mean.reduce(0, +) / Double(mean.count)
        let deviation = (mean.reduce(0) { $0 + ($1 - level) * ($1 - level) } / Double(mean.count)).squareRoot()
        return mean.map { Float(($0 - level) / max(deviation, 1e-6)) }
    }

    /// Standardised pixels at the usual brightness and contrast.
    func pixels(_ standardised: [Float]) -> [Double] {
        standardised.map { min(255, max(0, brightness + contrast * Double($0))) }
    }
}
