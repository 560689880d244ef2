import MedicalImaging

/// How a hospital's own store was made: what the agreement's pipeline must say.
package struct SitePipeline: Sendable, Hashable {
    /// Digest of how files became samples, in hexadecimal.
    package let preprocessing: String
    /// Class names in the order of the labels.
    package let classes: [String]

    package init(preprocessing: String, classes: [String]) {
        self.preprocessing = preprocessing
        self.classes = classes
    }

    /// Opens the store's manifest; no sample is decrypted.
    ///
    /// - Throws: `ImagingError` for a store that does not open or is unfinished.
    package init(ofStore path: String, keyPath: String) throws {
        let report = try StoreReport(of: SealedStore(opening: path, with: StoreKeyFile(keyPath)))
        preprocessing = report.preprocessingDigest
        classes = report.classes.map(\.name)
    }
}
