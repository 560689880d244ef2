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
    func withOwnPatient() throws -> DraftSample {
        guard mayBeDicom else { return self }
        let bytes = try readFile(path, missing: .missingImage, what: "Image \(name)")
        guard DicomFile.isDicom(bytes, file: path), let own = try DicomFile(bytes, file: path).text(.patientID) else {
            return self
        }
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

    /// Gives every sample a side, checks the set, and reads and resizes the files in order.
    func load(imageSize: Int, seed: UInt64, progress: (Int, Int) -> Void) throws -> ImageSet {
        let samples = try samples.map { try $0.withOwnPatient() }
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
