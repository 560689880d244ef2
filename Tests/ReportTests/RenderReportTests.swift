import Foundation
import FoundationXML
import Testing

@testable import Report

@Suite("The report page")
struct RenderReportTests {
    /// Parses the page as XML, which finds any tag that is not closed and any attribute that is not quoted.
    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [String: Int] = [:]
        var text = ""
        var addresses: [String] = []
        var error: (any Error)?

        init(_ page: String) {
            super.init()
            let parser = XMLParser(data: Data(page.utf8))
            parser.delegate = self
            if !parser.parse() { error = parser.parserError }
        }

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            elements[name, default: 0] += 1
            addresses += ["src", "href", "action", "data"].compactMap { attributes[$0] }
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
    }

    private static let variants: [RunSummary] = [
        FixtureSummary.make(),
        FixtureSummary.make(
            seed: 2, rounds: 1, isSynthetic: true, hasPrivacy: false, hasAttack: false, hasBaselines: false),
        FixtureSummary.make(
            seed: 3, rounds: 60,
            examples: [
                .init(index: 7, pngBase64: "iVBORw0KGgo=", truth: 1, predicted: 0, probability: 0.61)
            ]),
    ]

    @Test("is well formed, with and without every optional part", arguments: variants.indices)
    func isWellFormed(variant: Int) throws {
        let summary = Self.variants[variant]
        let reader = Reader(renderReport(summary))
        #expect(reader.error == nil)
        #expect(reader.elements["h1"] == 1)
        #expect((reader.elements["svg"] ?? 0) >= 2)
    }

    @Test("loads nothing: no script, no link, no address but images inside the page", arguments: variants.indices)
    func isSelfContained(variant: Int) {
        let summary = Self.variants[variant]
        let page = renderReport(summary)
        let reader = Reader(page)
        for name in ["script", "link", "iframe", "object", "embed", "base"] { #expect(reader.elements[name] == nil) }
        #expect(reader.addresses.allSatisfy { $0.hasPrefix("data:image/png;base64,") })
        #expect(reader.addresses.count == summary.examples.count)
        for word in ["http:", "https:", "url(", "@import"] { #expect(!page.contains(word)) }
        #expect(page.contains("prefers-color-scheme:dark"))
    }

    @Test("escapes whatever stands in any text of the summary")
    func escapesEverything() throws {
        let hostile = "</td><script>alert(\"1\")</script>'&\u{0}"
        let honest = FixtureSummary.make(examples: [
            .init(index: 1, pngBase64: "AAAA", truth: 0, predicted: 1, probability: 0.5)
        ])
        let object = try JSONSerialization.jsonObject(with: honest.json())
        let poisoned = try JSONSerialization.data(withJSONObject: Self.replacingTexts(in: object, by: hostile))
        let summary = try RunSummary(json: poisoned)
        #expect(summary.ledger.checkpoint == hostile)
        let page = renderReport(summary)
        #expect(!page.contains("<script"))
        #expect(!page.contains("</td><" + "script"))
        #expect(!page.contains("\u{0}"))
        #expect(Reader(page).error == nil)
    }

    /// Every text but the outcome of a round, which is one of three words.
    private static func replacingTexts(in value: Any, by text: String) -> Any {
        switch value {
        case let object as [String: Any]:
            return Dictionary(
                uniqueKeysWithValues: object.map { key, value in
                    (key, key == "outcome" ? value : replacingTexts(in: value, by: text))
                })
        case let array as [Any]: return array.map { replacingTexts(in: $0, by: text) }
        case is String: return text
        default: return value
        }
    }

    @Test("says in capital letters that synthetic images mean nothing, and only then")
    func hasBanner() {
        let banner = "SYNTHETIC IMAGES: THIS RUN SAYS NOTHING ABOUT MEDICINE"
        #expect(renderReport(FixtureSummary.make(isSynthetic: true)).contains(banner))
        #expect(renderTable(FixtureSummary.make(isSynthetic: true)).contains(banner))
        #expect(!renderReport(FixtureSummary.make(isSynthetic: false)).contains(banner))
        #expect(!renderTable(FixtureSummary.make(isSynthetic: false)).contains(banner))
    }

    @Test("shows the summary's own figures", arguments: [11, 12, 13] as [UInt64])
    func showsFigures(seed: UInt64) {
        let summary = FixtureSummary.make(seed: seed)
        let text = Reader(renderReport(summary)).text
        for expected in [
            Figures.percent(summary.metrics.accuracy), Figures.decimal(summary.metrics.auc), summary.model.digest,
            summary.ledger.root, "0.4\u{202F}%", "normOutOfRange", "multiKrum", "voted down",
            summary.privacy?.statement ?? "?", "'my data/manifest.csv'",
        ] + summary.perHospital.map(\.name) + summary.ledger.verification.map(\.detail) {
            #expect(text.contains(expected), "\(expected)")
        }
    }

    @Test("names every verdict in words for those who do not see the symbols")
    func timelineHasWords() {
        let text = Reader(renderReport(FixtureSummary.make())).text
        for words in ["excluded, normOutOfRange", "absent", "round abandoned", "accepted, round rolled back"] {
            #expect(text.contains(words))
        }
    }

    @Test("says so loudly when the ledger does not verify")
    func ledgerFailure() {
        var summary = FixtureSummary.make()
        summary.ledger.verification[1].isOk = false
        #expect(renderReport(summary).contains("THE LEDGER DOES NOT VERIFY: Merkle root."))
        #expect(renderReport(summary).contains("FAILS: "))
        #expect(!renderReport(FixtureSummary.make()).contains("DOES NOT VERIFY"))
        summary.ledger.verification = []
        #expect(renderReport(summary).contains("The ledger was not replayed."))
    }

    @Test("is the same page for the same summary")
    func isDeterministic() {
        #expect(renderReport(FixtureSummary.make(seed: 5)) == renderReport(FixtureSummary.make(seed: 5)))
    }
}
