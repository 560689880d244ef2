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

    /// Whether the file may be DICOM, which its name need not say.
    var mayBeDicom: Bool {
        let lower = path.lowercased()
        return ![".jpg", ".jpeg", ".png", ".nii", ".nii.gz"].contains { lower.hasSuffix($0) }
    }

    /// Whether the file is a volume (NIfTI), by its name.
    var isVolume: Bool {
        let lower = path.lowercased()
        return lower.hasSuffix(".nii") || lower.hasSuffix(".nii.gz")
    }

    /// As ingest has it: where a DICOM file names its patient, that goes before what the list of files says.
    func ofPatient(_ own: String?) -> DraftSample {
        guard mayBeDicom, let own else { return self }
        return DraftSample(name: name, path: path, label: label, patient: own, split: split)
    }

    /// Who the patients are when the list itself, `subject`, says nothing of them.
    static func patientNote(_ subject: String, _ samples: [DraftSample]) -> String {
        guard samples.contains(where: \.mayBeDicom) else {
            return "\(subject) no patients: each image counts as a patient of its own."
        }
        let isMixed = !samples.allSatisfy(\.mayBeDicom)
        return "\(subject) no patients: DICOM files name their own (PatientID), and each without one"
            + (isMixed ? ", as each JPEG, PNG and NIfTI," : "") + " counts as a patient of its own."
    }
}

/// Everything known before the first pixel is read.
struct DraftSet {
    let name: String
    let origin: ImageSet.Origin
    let classNames: [String]
    let samples: [DraftSample]
    let notes: [String]

    private static let drawnSplitNote = "The data give no split: 70/10/20 was drawn by patient from the seed."

    /// Reads and resizes the files in order, gives every sample a side, and checks the set.
    ///
    /// - Parameter preparation: what decodes the files, as in ingest.
    func load(
        imageSize: Int, seed: UInt64, preparation: SamplePreparation, progress: (Int, Int) -> Void
    ) throws -> ImageSet {
        // What is wrong with the list is said before a long archive is read, where files cannot change it.
        if !samples.contains(where: \.mayBeDicom) { try check(finished(samples, seed: seed)) }
        var prepared: [DraftSample] = []
        var pixels: [UInt8] = []
        pixels.reserveCapacity(samples.count * imageSize * imageSize)
        var begun: [SamplePreparation.Pending] = []
        for (index, sample) in samples.enumerated() {
            while begun.count < min(preparation.lookahead, samples.count - index) {
                let next = samples[index + begun.count]
                let bytes = try readFile(next.path, missing: .missingImage, what: "Image \(next.name)")
                begun.append(
                    try preparation.begin(
                        SamplePreparation.Request(bytes: bytes, file: next.path, size: imageSize)))
            }
            let image = try begun.removeFirst()()
            prepared.append(sample.ofPatient(image.patient))
            pixels += image.pixels
            progress(index + 1, samples.count)
        }
        let finished = finished(prepared, seed: seed)
        try check(finished)
        return ImageSet(
            name: name, origin: origin, imageSize: imageSize, classNames: classNames, samples: finished,
            pixels: pixels, notes: notes + (samples.contains { $0.split == nil } ? [Self.drawnSplitNote] : []))
    }

    private func finished(_ samples: [DraftSample], seed: UInt64) -> [Sample] {
        let splits = assignSplits(
            labels: samples.map(\.label), patients: samples.map(\.patient), given: samples.map(\.split), seed: seed)
        return zip(samples, splits).map { Sample(file: $0.name, label: $0.label, patient: $0.patient, split: $1) }
    }

    private func check(_ samples: [Sample]) throws { try checkSet(samples, classNames: classNames, name: name) }
}
