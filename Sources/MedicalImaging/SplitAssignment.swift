import Crypto

/// The given sides, or, where any is missing, a split of 70 % train, 10 % validation and 20 % test by patient.
///
/// Patients of one label (that of their first image) are ordered by HMAC-SHA-256(seed, patient) and cut, so that the
/// side of a patient depends on the seed and on who else is there, never on the order of files.
func assignSplits(labels: [Int], patients: [String], given: [Split?], seed: UInt64) -> [Split] {
    let sides = given.compactMap(\.self)
    if sides.count == given.count { return sides }
    var labelOfPatient: [String: Int] = [:]
    for (patient, label) in zip(patients, labels) where labelOfPatient[patient] == nil {
        labelOfPatient[patient] = label
    }
    let key = SymmetricKey(data: withUnsafeBytes(of: seed.littleEndian) { Array($0) })
    var sideOfPatient: [String: Split] = [:]
    let groups = Dictionary(grouping: labelOfPatient.keys) { labelOfPatient[$0] ?? 0 }
    for (_, members) in groups.sorted(by: { $0.key < $1.key }) {
        let keyed = members.map { patient in
            (Array(HMAC<SHA256>.authenticationCode(for: Array(patient.utf8), using: key)), patient)
        }
        let ordered = keyed.sorted { $0.0.lexicographicallyPrecedes($1.0) }.map(\.1)
        let test = (ordered.count * 20 + 50) / 100
        let validation = (ordered.count * 10 + 50) / 100
        for (rank, patient) in ordered.enumerated() {
            sideOfPatient[patient] = rank < test ? .test : rank < test + validation ? .validation : .train
        }
    }
    return patients.map { sideOfPatient[$0] ?? .train }
}

/// Refuses a set on which nothing sound can be trained: fewer than two classes, a class without training images,
/// no test image, or a patient on two sides of the split.
func checkSet(_ samples: [Sample], classNames: [String], name: String) throws {
    guard !samples.isEmpty else {
        throw ImagingError(.emptyManifest, "\(name) lists no image.")
    }
    guard classNames.count >= 2 else {
        throw ImagingError(
            .singleClass,
            "\(name) has the one class \(classNames.first ?? "") only; a classifier needs two or more.")
    }
    var sideOfPatient: [String: Split] = [:]
    var trainCounts = [Int](repeating: 0, count: classNames.count)
    var hasTest = false
    for sample in samples {
        if let side = sideOfPatient[sample.patient], side != sample.split {
            throw ImagingError(
                .patientOnTwoSides,
                "\(name): the patient of \(sample.file) has images on the \(side.rawValue) side and on the "
                    + "\(sample.split.rawValue) side of the split; move all of them to one side.")
        }
        sideOfPatient[sample.patient] = sample.split
        if sample.split == .train { trainCounts[sample.label] += 1 }
        hasTest = hasTest || sample.split == .test
    }
    if let empty = trainCounts.firstIndex(of: 0) {
        throw ImagingError(
            .emptyClass,
            "\(name): class \(classNames[empty]) has no training image; add some or leave the class out.")
    }
    guard hasTest else {
        throw ImagingError(.emptySplit, "\(name) has no test image; the result could not be measured.")
    }
}
