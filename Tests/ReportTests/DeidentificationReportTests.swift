import Foundation
import Testing

@testable import Report

@Suite struct DeidentificationReportTests {
    private func summary(_ blanked: [DeidentificationSummary.BlankedFrame] = []) -> DeidentificationSummary {
        DeidentificationSummary(
            cordonVersion: "0", files: 12, written: 9, skipped: 1, removedElements: 1234, replacedElements: 56,
            policyDigest: "abcdef", retained: ["device"],
            heldBack: [.init(reason: "burnedInText", meaning: "a human has to look", files: 2)],
            attributes: [
                .init(
                    tag: "(0010,0010)", name: "PatientName", before: "PN × 9", after: "replaced",
                    examples: ["<b>0123</b>"], isKept: false),
                .init(
                    tag: "(0008,0060)", name: "Modality", before: "CS × 9", after: "kept", examples: ["DX"],
                    isKept: true),
            ], blankedFiles: blanked.count, blankedFrames: blanked)
    }

    @Test func everythingIsOnThePageAndNothingIsMarkup() {
        let page = renderDeidentificationReport(summary())
        for text in [
            "9 files without their patients", "Of 11 files", "burnedInText", "a human has to look", "(0010,0010)",
            Figures.count(1234), "device", "abcdef", "&lt;b&gt;0123&lt;/b&gt;", "Signature",
        ] {
            #expect(page.contains(text), "\(text)")
        }
        #expect(!page.contains("<b>0123") && !page.contains("Painted over</h2>"))
    }

    @Test func changedAndKeptAttributesAreInTablesOfTheirOwn() throws {
        let page = renderDeidentificationReport(summary())
        let kept = try #require(page.range(of: "<h3>Kept</h3>"))
        #expect(page[..<kept.lowerBound].contains("PatientName") && !page[kept.upperBound...].contains("PatientName"))
        #expect(page[kept.upperBound...].contains("Modality"))
    }

    @Test func paintedFramesAreShownWithTheirRegions() {
        let frame = DeidentificationSummary.BlankedFrame(
            instance: "2.25.123456789012345", width: 512, height: 256, pngBase64: "AAAA",
            regions: [.init(x: 1, y: 2, width: 30, height: 40)])
        let page = renderDeidentificationReport(summary([frame]))
        #expect(page.contains("viewBox=\"0 0 512 256\"") && page.contains("<rect x=\"1\" y=\"2\" width=\"30\""))
        #expect(page.contains("data:image/png;base64,AAAA") && page.contains("456789012345 ·"))
    }
}
