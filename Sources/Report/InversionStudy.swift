package import Foundation

/// What a curious server saw of single patients' images in updates.
package struct InversionStudy: Codable, Hashable, Sendable {
    /// What of a hospital's update is to be seen.
    package enum View: String, Codable, Hashable, Sendable, CaseIterable {
        /// The update as it is: what a server sees without encryption.
        case unprotected
        /// The sum of all hospitals' updates, all that the encrypted system opens whole.
        case sum
        /// The update clipped and noised under patient-level privacy.
        case privately
        /// No update at all: the mean of other images.
        case guess
    }

    /// One image as one view shows it.
    package struct Attack: Codable, Hashable, Sendable {
        package let model: String
        package let image: Int
        package let view: View
        /// Decibels, of a peak of 255.
        package let peakSignalToNoise: Double
        package let structuralSimilarity: Double
        package let truthBase64: String
        package let pictureBase64: String

        package init(
            model: String, image: Int, view: View, peakSignalToNoise: Double, structuralSimilarity: Double,
            truthBase64: String, pictureBase64: String
        ) {
            self.model = model
            self.image = image
            self.view = view
            self.peakSignalToNoise = peakSignalToNoise
            self.structuralSimilarity = structuralSimilarity
            self.truthBase64 = truthBase64
            self.pictureBase64 = pictureBase64
        }
    }

    package let cordonVersion: String
    package let dataSet: String
    package let isSynthetic: Bool
    package let imageSize: Int
    package let hospitals: Int
    package let epsilon: Double
    package let delta: Double
    package let steps: Int
    package let seed: UInt64
    package let attacks: [Attack]

    package init(
        cordonVersion: String, dataSet: String, isSynthetic: Bool, imageSize: Int, hospitals: Int, epsilon: Double,
        delta: Double, steps: Int, seed: UInt64, attacks: [Attack]
    ) {
        self.cordonVersion = cordonVersion
        self.dataSet = dataSet
        self.isSynthetic = isSynthetic
        self.imageSize = imageSize
        self.hospitals = hospitals
        self.epsilon = epsilon
        self.delta = delta
        self.steps = steps
        self.seed = seed
        self.attacks = attacks
    }

    /// Models in the order of the attacks.
    package var models: [String] {
        var seen = Set<String>()
        return attacks.map(\.model).filter { seen.insert($0).inserted }
    }

    /// Means over the images of one model and view: decibels and structural similarity.
    package func means(_ model: String, _ view: View) -> (peakSignalToNoise: Double, structuralSimilarity: Double) {
        let own = attacks.filter { $0.model == model && $0.view == view }
        let count = Double(max(1, own.count))
        return (
            own.reduce(0) { $0 + $1.peakSignalToNoise } / count,
            own.reduce(0) { $0 + $1.structuralSimilarity } / count
        )
    }

    /// Indented, keys sorted, so that equal studies give equal bytes.
    package func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        var data = try encoder.encode(self)
        data.append(UInt8(ascii: "\n"))
        return data
    }
}
