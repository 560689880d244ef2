import CTorch
package import MedicalImaging

/// The images of one hospital (or of a test set) made ready for one model: pixels standardised, scattering features
/// computed, once; then reused every round. A plain value: no libtorch object is in it, threads may share it.
package struct TrainingSet: Sendable {
    package let specification: ModelSpecification
    package let normalisation: Normalisation
    /// Class of each image.
    package private(set) var labels: [Int]
    /// Positions of each patient's images, patients in the order of their names.
    package let patients: [[Int]]
    /// Model inputs, image after image: standardised pixels, or scattering features.
    let inputs: [Float]
    /// The same features as integers; nil where the inputs are pixels.
    let features: IntegerFeatures?
    /// Grey values before standardisation.
    let pixels: [UInt8]

    package var count: Int { labels.count }

    /// Prepares some images of a set. Throws `TrainingError` if they do not fit the model.
    package init(
        _ set: ImageSet, indices: [Int], specification: ModelSpecification, normalisation: Normalisation
    ) throws {
        guard set.imageSize == specification.imageSize, set.classNames.count == specification.classCount else {
            throw TrainingError(
                .wrongImages,
                "The images are \(set.imageSize) pixels in \(set.classNames.count) classes, the model takes "
                    + "\(specification.imageSize) pixels and \(specification.classCount) classes.")
        }
        var positions: [String: [Int]] = [:]
        for (position, index) in indices.enumerated() {
            positions[set.samples[index].patient, default: []].append(position)
        }
        try self.init(
            specification: specification, normalisation: normalisation, labels: indices.map { set.samples[$0].label },
            patients: positions.sorted { $0.key < $1.key }.map(\.value), pixels: indices.flatMap { set.grey($0) })
    }

    init(
        specification: ModelSpecification, normalisation: Normalisation, labels: [Int], patients: [[Int]],
        pixels: [UInt8]
    ) throws {
        self.specification = specification
        self.normalisation = normalisation
        self.labels = labels
        self.patients = patients
        self.pixels = pixels
        let area = specification.imageSize * specification.imageSize
        var standardised: [Float] = []
        standardised.reserveCapacity(pixels.count)
        for start in stride(from: 0, to: pixels.count, by: area) {
            standardised += normalisation.apply(pixels[start..<start + area])
        }
        guard let order = specification.kind.scatteringOrder else {
            inputs = standardised
            features = nil
            return
        }
        inputs = try ScatteringFeatures.shared(
            imageSize: specification.imageSize, order: order, normalisation: normalisation
        ).extract(standardised)
        features = IntegerFeatures(inputs, width: specification.inputWidth, patients: patients)
    }

    /// Rows of sets whose inputs are already made.
    init(copying set: TrainingSet, labels: [Int], patients: [[Int]], inputs: [Float], pixels: [UInt8]) {
        specification = set.specification
        normalisation = set.normalisation
        self.labels = labels
        self.patients = patients
        self.inputs = inputs
        features = set.features.map { IntegerFeatures(inputs, width: $0.width, patients: patients) }
        self.pixels = pixels
    }

    /// The same images with labels changed: a label-flipping attacker's set.
    package func relabelled(_ map: (Int) -> Int) -> TrainingSet {
        var copy = self
        copy.labels = labels.map(map)
        precondition(copy.labels.allSatisfy { (0..<specification.classCount).contains($0) })
        return copy
    }

    /// A backdoor attacker's set (Gu et al. 2017, BadNets): of the images of other classes a `fraction`, drawn by
    /// `seed`, carries the trigger and the label `target`.
    package func withTrigger(
        _ trigger: PixelTrigger, fraction: Double, target: Int, seed: UInt64
    ) throws -> TrainingSet {
        precondition((0...1).contains(fraction) && (0..<specification.classCount).contains(target))
        var generator = SeededGenerator(seed: seed, label: "backdoor trigger")
        let others = generator.shuffled(labels.indices.filter { labels[$0] != target })
        let chosen = others.prefix(Int((fraction * Double(others.count)).rounded()))
        var poisoned = labels
        for index in chosen { poisoned[index] = target }
        return try stamped(trigger, on: Array(chosen), labels: poisoned)
    }

    /// The same images, all with the trigger, labels untouched: what the attack's success is measured on.
    package func triggered(_ trigger: PixelTrigger) throws -> TrainingSet {
        try stamped(trigger, on: Array(labels.indices), labels: labels)
    }

    private func stamped(_ trigger: PixelTrigger, on indices: [Int], labels: [Int]) throws -> TrainingSet {
        var marked = pixels
        for index in indices { trigger.stamp(&marked, image: index, imageSize: specification.imageSize) }
        return try TrainingSet(
            specification: specification, normalisation: normalisation, labels: labels, patients: patients,
            pixels: marked)
    }

    /// The images as libtorch takes them; valid inside the call only.
    func withImages<Result>(_ body: (cordon_images) throws -> Result) rethrows -> Result {
        let wide = labels.map(Int64.init)
        return try inputs.withUnsafeBufferPointer { inputs in
            try wide.withUnsafeBufferPointer { wide in
                try body(
                    cordon_images(
                        pixels: inputs.baseAddress, labels: wide.baseAddress, count: Int64(wide.count),
                        side: Int64(specification.imageSize)))
            }
        }
    }

    /// Smoothed weights by class, mean about one: (n + classes) / (classes · (n_c + 1)), within 0.2…5.
    func balancedClassWeights() -> [Float] {
        var counts = [Double](repeating: 1, count: specification.classCount)
        for label in labels { counts[label] += 1 }
        let sum = counts.reduce(0, +)
        return counts.map { Float(min(5, max(0.2, sum / (Double(specification.classCount) * $0)))) }
    }
}
