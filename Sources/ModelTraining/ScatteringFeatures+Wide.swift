import CTorch
import MedicalImaging

/// The same features in double precision, for what all parties must agree on to the last digit of a grid: single
/// precision differs between processors.
extension ScatteringFeatures {
    /// Standardised images, image after image, to features of first order and unit norm, image after image.
    static func extractWide(_ pixels: [Float], imageSize: Int, normalisation: Normalisation) throws -> [Double] {
        let width = width(order: 1)
        let reference = try makeSyntheticRadiographs(
            count: referenceCount, imageSize: imageSize, seed: referenceSeed)
        let raw = try transformWide(
            reference.samples.indices.flatMap { normalisation.apply(reference.grey($0)) } + pixels,
            imageSize: imageSize)
        var features = Array(raw[(referenceCount * width)...])
        for feature in 0..<width {
            let values = (0..<referenceCount).map { raw[$0 * width + feature] }
            let mean = values.reduce(0, +) / Double(referenceCount)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(referenceCount)
            let factor = 1 / (variance.squareRoot() + 1e-3)
            for index in stride(from: feature, to: features.count, by: width) {
                features[index] = (features[index] - mean) * factor
            }
        }
        for start in stride(from: 0, to: features.count, by: width) {
            let square = features[start..<start + width].reduce(0) { $0 + $1 * $1 }
            let factor = 1 / max(square.squareRoot(), 1e-6)
            for index in start..<start + width { features[index] *= factor }
        }
        return features
    }

    private static func transformWide(_ pixels: [Float], imageSize: Int) throws -> [Double] {
        let count = pixels.count / (imageSize * imageSize)
        var features = [Double](repeating: 0, count: count * width(order: 1))
        var images = cordon_images(pixels: nil, labels: nil, count: Int64(count), side: Int64(imageSize))
        var shape = shape(order: 1, margin: imageSize / 8)
        let status = pixels.withUnsafeBufferPointer { buffer in
            images.pixels = buffer.baseAddress
            return cordon_scattering_wide(&images, filterBank(size: imageSize), &shape, &features)
        }
        guard status == 0 else { throw libraryError() }
        return features
    }
}
