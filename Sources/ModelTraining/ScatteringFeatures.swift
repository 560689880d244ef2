import CTorch
import Foundation
import MedicalImaging
import Synchronization

/// Fixed features of an image (scattering, Bruna and Mallat 2013): the moduli of 18 oriented band-pass filters (3
/// scales × 6 orientations) and the image itself, each averaged over an 8 × 8 grid, 1,216 in all; of second order also
/// the moduli of those moduli filtered again at each later scale, over a 4 × 4 grid, 1,728 more.
///
/// Standardised with means and deviations of synthetic radiographs made here from a fixed seed, never of anybody's
/// data, then scaled to unit norm: nothing that depends on the hospital's images leaves one image for another.
struct ScatteringFeatures: Sendable {
    static let scales = 3
    static let orientations = 6
    static let pool = 8

    /// Features of one image.
    static func width(order: Int) -> Int {
        var shape = shape(order: order, margin: 0)
        return Int(cordon_scattering_width(&shape))
    }

    static func shape(order: Int, margin: Int) -> cordon_scattering_shape {
        cordon_scattering_shape(
            scales: Int64(scales), orientations: Int64(orientations), pool: Int64(pool), order: Int64(order),
            margin: Int64(margin))
    }

    /// Images behind the means and deviations, and their seed: both belong to the definition of the features.
    static let referenceCount = 400
    static let referenceSeed: UInt64 = 0x5CA7_7E21

    let imageSize: Int
    private let order: Int
    let filters: [Float]
    let means: [Float]
    let inverseDeviations: [Float]

    private static let cache = Mutex<[ReferenceKey: ScatteringFeatures]>([:])

    private struct ReferenceKey: Hashable {
        let imageSize: Int
        let order: Int
        let normalisation: Normalisation
    }

    /// The features for one image size; made once a process.
    static func shared(imageSize: Int, order: Int, normalisation: Normalisation) throws -> ScatteringFeatures {
        try cache.withLock { known in
            let key = ReferenceKey(imageSize: imageSize, order: order, normalisation: normalisation)
            if let features = known[key] { return features }
            let features = try ScatteringFeatures(imageSize: imageSize, order: order, normalisation: normalisation)
            known[key] = features
            return features
        }
    }

    private init(imageSize: Int, order: Int, normalisation: Normalisation) throws {
        self.imageSize = imageSize
        self.order = order
        let width = Self.width(order: order)
        filters = Self.filterBank(size: imageSize)
        let reference = try makeSyntheticRadiographs(
            count: Self.referenceCount, imageSize: imageSize, seed: Self.referenceSeed)
        let pixels = reference.samples.indices.flatMap { normalisation.apply(reference.grey($0)) }
        let raw = try Self.transform(pixels, imageSize: imageSize, order: order, filters: filters)
        let count = Double(Self.referenceCount)
        var means = [Float](repeating: 0, count: width)
        var inverse = means
        for feature in 0..<width {
            let values = (0..<Self.referenceCount).map { Double(raw[$0 * width + feature]) }
            let mean = values.reduce(0, +) / count
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
            means[feature] = Float(mean)
            inverse[feature] = Float(1 / (variance.squareRoot() + 1e-3))
        }
        self.means = means
        inverseDeviations = inverse
    }

    /// Features of standardised images, image after image; each has unit norm, but for the rounding to 2^−14.
    func extract(_ pixels: [Float]) throws -> [Float] {
        var features = try Self.transform(pixels, imageSize: imageSize, order: order, filters: filters)
        let width = Self.width(order: order)
        for start in stride(from: 0, to: features.count, by: width) {
            var square = 0.0
            for index in 0..<width {
                let value = (features[start + index] - means[index]) * inverseDeviations[index]
                features[start + index] = value
                square += Double(value) * Double(value)
            }
            let factor = Float(1 / max(square.squareRoot(), 1e-6))
            for index in start..<start + width {
                features[index] = IntegerFeatures.rounded(features[index] * factor)
            }
        }
        return features
    }

    private static func transform(
        _ pixels: [Float], imageSize: Int, order: Int, filters: [Float]
    ) throws -> [Float] {
        let count = pixels.count / (imageSize * imageSize)
        var features = [Float](repeating: 0, count: count * width(order: order))
        var images = cordon_images(pixels: nil, labels: nil, count: Int64(count), side: Int64(imageSize))
        var shape = shape(order: order, margin: imageSize / 8)
        let status = pixels.withUnsafeBufferPointer { buffer in
            images.pixels = buffer.baseAddress
            return cordon_scattering(&images, filters, &shape, &features)
        }
        guard status == 0 else { throw libraryError() }
        return features
    }

    /// Gaussian bumps in the Fourier plane at 0.36/2^scale cycles a pixel, six directions over a half circle, without
    /// a response to constants: Gabor filters whose output is complex, so that the modulus is an envelope.
    static func filterBank(size: Int) -> [Float] {
        func frequency(_ index: Int) -> Double { Double(index < (size + 1) / 2 ? index : index - size) / Double(size) }
        var bank: [Float] = []
        for scale in 0..<scales {
            let centre = 0.36 / Double(1 << scale)
            let spread = centre * 0.42
            for orientation in 0..<orientations {
                let angle = Double.pi * Double(orientation) / Double(orientations)
                for row in 0..<size {
                    for column in 0..<size {
                        let (x, y) = (frequency(column), frequency(row))
                        let along = x * cos(angle) + y * sin(angle) - centre
                        let across = -x * sin(angle) + y * cos(angle)
                        let exponent =
                            along * along / (2 * spread * spread)
                            + across * across / (2 * spread * spread * 0.49)
                        bank.append(row == 0 && column == 0 ? 0 : Float(exp(-exponent)))
                    }
                }
            }
        }
        return bank
    }
}
