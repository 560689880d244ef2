extension RunSummary {
    /// The images of a run and how they were divided.
    package struct DataSet: Codable, Hashable, Sendable {
        /// Name of the data set.
        package var name: String
        /// Where it came from: a path, an address with its checksum, or the generator's name.
        package var origin: String
        /// True when the images were generated: the run then says nothing about medicine.
        package var isSynthetic: Bool
        /// What a reader should know about the data: licence, split, preprocessing.
        package var note: String
        /// SHA-256 in hexadecimal over the prepared samples.
        package var digest: String
        /// Side length of the square grey images in pixels.
        package var imageSize: Int
        /// Names of the classes; an index into this array is a label everywhere else.
        package var classNames: [String]
        /// Training, validation and test, in that order.
        package var splits: [Split]

        package init(
            name: String, origin: String, isSynthetic: Bool, note: String, digest: String, imageSize: Int,
            classNames: [String], splits: [Split]
        ) {
            self.name = name
            self.origin = origin
            self.isSynthetic = isSynthetic
            self.note = note
            self.digest = digest
            self.imageSize = imageSize
            self.classNames = classNames
            self.splits = splits
        }
    }

    /// One side of the patient-level division.
    package struct Split: Codable, Hashable, Sendable {
        /// `train`, `validation` or `test`.
        package var name: String
        /// Number of patients; none is on two sides.
        package var patientCount: Int
        /// Number of images of each class, in the order of `classNames`.
        package var imagesPerClass: [Int]

        package init(name: String, patientCount: Int, imagesPerClass: [Int]) {
            self.name = name
            self.patientCount = patientCount
            self.imagesPerClass = imagesPerClass
        }
    }
}
