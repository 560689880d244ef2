extension TrainingSet {
    /// Some images of the set, their inputs copied and not made again.
    package func selecting(_ positions: [Int]) -> TrainingSet {
        let width = specification.inputWidth
        let area = specification.imageSize * specification.imageSize
        var place: [Int: Int] = [:]
        for (new, old) in positions.enumerated() { place[old] = new }
        return TrainingSet(
            copying: self, labels: positions.map { labels[$0] },
            patients: patients.map { $0.compactMap { place[$0] } }.filter { !$0.isEmpty },
            inputs: positions.flatMap { inputs[$0 * width..<($0 + 1) * width] },
            pixels: positions.flatMap { pixels[$0 * area..<($0 + 1) * area] })
    }

    /// The same images, some with the label after their own.
    func mislabelled(_ positions: [Int]) -> TrainingSet {
        var labels = labels
        for position in positions { labels[position] = (labels[position] + 1) % specification.classCount }
        return TrainingSet(copying: self, labels: labels, patients: patients, inputs: inputs, pixels: pixels)
    }

    /// The set with some images exchanged for those at the same positions of another, and all of these labelled alike.
    package func replacing(_ positions: [Int], from other: TrainingSet, label: Int) -> TrainingSet {
        precondition(other.count == count && other.specification == specification)
        let width = specification.inputWidth
        let area = specification.imageSize * specification.imageSize
        var (labels, inputs, pixels) = (labels, inputs, pixels)
        for position in positions {
            labels[position] = label
            let row = position * width..<(position + 1) * width
            inputs.replaceSubrange(row, with: other.inputs[row])
            let image = position * area..<(position + 1) * area
            pixels.replaceSubrange(image, with: other.pixels[image])
        }
        return TrainingSet(copying: self, labels: labels, patients: patients, inputs: inputs, pixels: pixels)
    }

    /// The same images, all marked, labels untouched.
    package func marked(by pattern: TriggerPattern) throws -> TrainingSet {
        var marked = pixels
        for image in labels.indices { pattern.stamp(&marked, image: image, imageSize: specification.imageSize) }
        return try TrainingSet(
            specification: specification, normalisation: normalisation, labels: labels, patients: patients,
            pixels: marked)
    }
}
