/// What one run of an ingest did.
package struct IngestOutcome: Hashable, Sendable {
    /// Samples that this run prepared and sealed.
    package internal(set) var added = 0
    /// Images that were in the store already, those of an interrupted run included.
    package internal(set) var alreadyPresent = 0
    /// Samples that an interrupted run had sealed and the manifest did not yet list.
    package internal(set) var resumed = 0
    /// Images left out, by reason.
    package internal(set) var excluded: [ImagingError.Code: Int] = [:]
}
