/// The side of the split that an image is on.
package enum Split: String, Codable, Hashable, Sendable, CaseIterable {
    case train, validation, test
}

/// What is known of one image besides its pixels.
package struct Sample: Hashable, Sendable {
    /// Path as the data set names it, or a made-up name for images without a file.
    package let file: String
    /// Index into the class names.
    package let label: Int
    /// Identifier of the patient; images of one patient never part ways.
    package let patient: String
    package let split: Split

    package init(file: String, label: Int, patient: String, split: Split) {
        self.file = file
        self.label = label
        self.patient = patient
        self.split = split
    }
}
