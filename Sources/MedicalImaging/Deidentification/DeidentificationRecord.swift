/// What de-identification did to many files, in counts: for the report that a data-protection officer signs.
package struct DeidentificationRecord: Sendable {
    /// One attribute over all files.
    package struct Attribute: Codable, Hashable, Sendable {
        /// `(0010,0010)`.
        package let tag: String
        /// By the data dictionary; `Private` for odd groups.
        package let name: String
        package let vr: String
        package let kept: Int
        package let removed: Int
        package let emptied: Int
        package let replaced: Int
        /// Elements that bore text in the source.
        package let withText: Int
        /// Characters of the longest of them.
        package let longest: Int
        /// Up to three values of the output, and whether there are others.
        package let examples: [String]
        package let hasMoreExamples: Bool
    }

    package private(set) var written = 0
    package private(set) var removedElements = 0
    package private(set) var replacedElements = 0
    /// Files that were held back, by reason.
    package private(set) var heldBack: [ImagingError.Code: Int] = [:]
    package private(set) var blankedFiles = 0
    /// The first of them, to look at.
    package private(set) var blankedFrames: [BlankedFrame] = []
    private var tallies: [UInt32: AttributeTally] = [:]

    private static let frameLimit = 48

    package init() {}

    package mutating func add(_ output: Deidentifier.Output) {
        written += 1
        if !output.blanked.isEmpty {
            blankedFiles += 1
            if blankedFrames.count < Self.frameLimit, let frame = output.blankedFrame { blankedFrames.append(frame) }
        }
        removedElements += output.removed
        replacedElements += output.replaced
        tallies.merge(output.attributes) { old, new in
            var sum = old
            sum.add(new)
            return sum
        }
    }

    package mutating func holdBack(_ reason: ImagingError.Code) {
        heldBack[reason, default: 0] += 1
    }

    /// In the order of their tags.
    package var attributes: [Attribute] {
        tallies.sorted { $0.key < $1.key }.map { tag, tally in
            Attribute(
                tag: "\(DicomTag(value: tag))", name: DicomTag(value: tag).name,
                vr: tally.vr, kept: tally.kept, removed: tally.removed, emptied: tally.emptied,
                replaced: tally.replaced, withText: tally.withText, longest: tally.longest,
                examples: tally.examples, hasMoreExamples: tally.hasMoreExamples)
        }
    }
}
