/// Why images could not be read or divided: what was wrong, where, and what to do about it.
package struct ImagingError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Codable, Hashable, Sendable {
        case missingPath, unreadableFile, unknownFormat, corruptImage, unsupportedImage, burnedInText, imageTooLarge,
            corruptArchive, decoderCrashed, decoderTooSlow
        case emptyManifest, missingColumn, malformedRow, unreadableLabel, missingImage
        case singleClass, emptyClass, emptySplit, patientOnTwoSides
        case tooFewPatients, hospitalWithoutPatients, download, invalidArgument
        case missingKey, malformedKey, exposedKey, wrongKey, unwritableFile, pipelineMismatch, duplicateImage
        case storeTampered, storeTruncated, storeSwapped, storeRolledBack, storeIncomplete, storeUnfinished, storeBusy
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
