package import MedicalImaging
import ModelTraining
import Synchronization

/// Images made ready once for every run of the laboratory: features of the training, test and marked images.
package final class LaboratoryBench: Sendable {
    package let images: ImageSet
    let specification: ModelSpecification
    let training: TrainingSet
    let test: TrainingSet
    let probes: TriggerProbes
    /// Position in `training` of each training image, by its index in `images`.
    let position: [Int: Int]
    private let marked = Mutex<[TriggerPattern: Marked]>([:])

    /// Training and test images that all carry one mark.
    struct Marked: Sendable {
        let training: TrainingSet
        let test: TrainingSet
    }

    /// The label that a backdoor wants: the first class.
    static let target = 0

    /// - Throws: `TrainingError`, for images of other than two classes among others.
    package init(_ images: ImageSet) throws {
        self.images = images
        specification = try ModelSpecification(
            kind: .scattering, imageSize: images.imageSize, classCount: images.classNames.count)
        let indices = images.indices(of: .train)
        let (specification, normalisation) = (specification, Normalisation.standard)
        func set(_ indices: [Int]) throws -> TrainingSet {
            try TrainingSet(images, indices: indices, specification: specification, normalisation: normalisation)
        }
        training = try set(indices)
        test = try set(images.indices(of: .test))
        position = Dictionary(uniqueKeysWithValues: indices.enumerated().map { ($1, $0) })
        probes = try TriggerProbes.shared(specification, normalisation: normalisation)
    }

    /// The images with a mark, made at first use.
    func marked(by pattern: TriggerPattern) throws -> Marked {
        try marked.withLock { known in
            if let sets = known[pattern] { return sets }
            let sets = Marked(training: try training.marked(by: pattern), test: try test.marked(by: pattern))
            known[pattern] = sets
            return sets
        }
    }
}
