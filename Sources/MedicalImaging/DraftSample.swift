/// One image before decoding: what a manifest or a folder says about it.
struct DraftSample {
    /// Name to show and to digest.
    let name: String
    /// File to read.
    let path: String
    let label: Int
    let patient: String
    /// Nil when the source does not say; the split is then drawn.
    let split: Split?
}

/// Everything known before the first pixel is read.
struct DraftSet {
    let name: String
    let origin: ImageSet.Origin
    let classNames: [String]
    let samples: [DraftSample]
    let notes: [String]

    private static let drawnSplitNote = "The data give no split: 70/10/20 was drawn by patient from the seed."

    /// Gives every sample a side, checks the set, and reads and resizes the files in order.
    func load(imageSize: Int, seed: UInt64, progress: (Int, Int) -> Void) throws -> ImageSet {
        let splits = assignSplits(
            labels: samples.map(\.label), patients: samples.map(\.patient), given: samples.map(\.split), seed: seed)
        let finished = zip(samples, splits).map {
            Sample(file: $0.name, label: $0.label, patient: $0.patient, split: $1)
        }
        try checkSet(finished, classNames: classNames, name: name)
        var pixels: [UInt8] = []
        pixels.reserveCapacity(samples.count * imageSize * imageSize)
        for (index, sample) in samples.enumerated() {
            let bytes = try readFile(sample.path, missing: .missingImage, what: "Image \(sample.name)")
            pixels += try GreyImage.decodeResized(bytes, file: sample.path, size: imageSize)
            progress(index + 1, samples.count)
        }
        return ImageSet(
            name: name, origin: origin, imageSize: imageSize, classNames: classNames, samples: finished,
            pixels: pixels, notes: notes + (samples.contains { $0.split == nil } ? [Self.drawnSplitNote] : []))
    }
}
