/// What de-identification did to an archive, as its page shows it.
package struct DeidentificationSummary: Sendable {
    package struct Attribute: Sendable {
        package let tag: String
        package let name: String
        /// What it was: its representation, how many bore text and how much.
        package let before: String
        /// What became of it.
        package let after: String
        /// Values of the output, none where it is gone.
        package let examples: [String]
        package let isKept: Bool

        package init(tag: String, name: String, before: String, after: String, examples: [String], isKept: Bool) {
            self.tag = tag
            self.name = name
            self.before = before
            self.after = after
            self.examples = examples
            self.isKept = isKept
        }
    }

    package struct HeldBack: Sendable {
        package let reason: String
        package let meaning: String
        package let files: Int

        package init(reason: String, meaning: String, files: Int) {
            self.reason = reason
            self.meaning = meaning
            self.files = files
        }
    }

    /// A frame whose text was painted over.
    package struct BlankedFrame: Sendable {
        /// Rectangles in pixels of the frame.
        package struct Region: Sendable {
            package let x: Int
            package let y: Int
            package let width: Int
            package let height: Int

            package init(x: Int, y: Int, width: Int, height: Int) {
                self.x = x
                self.y = y
                self.width = width
                self.height = height
            }
        }

        /// The new SOP instance UID.
        package let instance: String
        package let width: Int
        package let height: Int
        /// The frame after blanking as PNG, Base64, of any smaller size.
        package let pngBase64: String
        package let regions: [Region]

        package init(instance: String, width: Int, height: Int, pngBase64: String, regions: [Region]) {
            self.instance = instance
            self.width = width
            self.height = height
            self.pngBase64 = pngBase64
            self.regions = regions
        }
    }

    package let cordonVersion: String
    package let files: Int
    package let written: Int
    /// Files that an earlier run had taken in, and which this one did not look at again.
    package let skipped: Int
    package let removedElements: Int
    package let replacedElements: Int
    package let policyDigest: String
    package let retained: [String]
    package let heldBack: [HeldBack]
    package let attributes: [Attribute]
    package let blankedFiles: Int
    /// Some of them, to look at.
    package let blankedFrames: [BlankedFrame]

    package init(
        cordonVersion: String, files: Int, written: Int, skipped: Int, removedElements: Int, replacedElements: Int,
        policyDigest: String, retained: [String], heldBack: [HeldBack], attributes: [Attribute], blankedFiles: Int,
        blankedFrames: [BlankedFrame]
    ) {
        self.cordonVersion = cordonVersion
        self.files = files
        self.written = written
        self.skipped = skipped
        self.removedElements = removedElements
        self.replacedElements = replacedElements
        self.policyDigest = policyDigest
        self.retained = retained
        self.heldBack = heldBack
        self.attributes = attributes
        self.blankedFiles = blankedFiles
        self.blankedFrames = blankedFrames
    }
}
