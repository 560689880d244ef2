import Foundation
import MedicalImaging
import Report
import Simulation

/// The page on a de-identification, from the record of what was done.
struct DeidentificationPage {
    let summary: DeidentificationSummary

    init(
        files: Int, skipped: Int, record: DeidentificationRecord, deidentifier: Deidentifier
    ) {
        summary = DeidentificationSummary(
            cordonVersion: CordonVersion.current, files: files, written: record.written, skipped: skipped,
            removedElements: record.removedElements, replacedElements: record.replacedElements,
            policyDigest: deidentifier.policyDigest, retained: deidentifier.retained,
            heldBack: record.heldBack.map { ($0.key.rawValue, $0.value) }.sorted { $0.0 < $1.0 }.map(Self.heldBack),
            attributes: record.attributes.map(Self.attribute), blankedFiles: record.blankedFiles,
            blankedFrames: record.blankedFrames.map(Self.blanked))
    }

    /// The page holds nothing of the source, but is for its owner only until somebody has looked.
    func write(to path: String) throws {
        try writeAtomically(Array(renderDeidentificationReport(summary).utf8), to: path, mode: 0o600, isDurable: false)
    }

    private static func heldBack(_ reason: String, _ files: Int) -> DeidentificationSummary.HeldBack {
        let meaning =
            switch ImagingError.Code(rawValue: reason) {
            case .burnedInText: "may bear text in the pixels; a human has to look"
            case .unsupportedImage: "of a kind or encoding that cannot be read"
            case .corruptImage: "damaged, cut short, or without what it must have"
            case .duplicateImage: "another file with the UID of one that was written"
            case .imageTooLarge: "larger than an image may be"
            case .decoderCrashed: "a library crashed on it, or took too much memory"
            case .decoderTooSlow: "decoding it took longer than the limit"
            case .unknownFormat: "no image format that is known"
            default: "see the list of files held back"
            }
        return DeidentificationSummary.HeldBack(reason: reason, meaning: meaning, files: files)
    }

    private static func blanked(_ frame: BlankedFrame) -> DeidentificationSummary.BlankedFrame {
        DeidentificationSummary.BlankedFrame(
            instance: frame.instance, width: frame.width, height: frame.height,
            pngBase64: Data(frame.png).base64EncodedString(),
            regions: frame.regions.map { .init(x: $0.x, y: $0.y, width: $0.width, height: $0.height) })
    }

    private static func attribute(_ own: DeidentificationRecord.Attribute) -> DeidentificationSummary.Attribute {
        let all = own.kept + own.removed + own.emptied + own.replaced
        let text = own.withText > 0 ? ", \(own.withText) with text of up to \(own.longest) characters" : ""
        let parts = [
            (own.kept, "kept"), (own.removed, "removed"), (own.emptied, "emptied"), (own.replaced, "replaced"),
        ].filter { $0.0 > 0 }
        let after = parts.count == 1 ? parts[0].1 : parts.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
        return DeidentificationSummary.Attribute(
            tag: own.tag, name: own.name, before: "\(own.vr) × \(all)\(text)", after: after,
            examples: own.examples + (own.hasMoreExamples ? ["…"] : []), isKept: own.kept == all)
    }
}
