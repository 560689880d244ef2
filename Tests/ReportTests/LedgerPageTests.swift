import Foundation
import Report
import Testing

@Suite struct LedgerPageTests {
    private func entry(_ index: UInt64, round: UInt32?, _ summary: String) -> LedgerPageEntry {
        LedgerPageEntry(
            index: index, time: "2026-11-27T00:00:00Z", author: "hospital-\(index)", round: round, summary: summary,
            leafHash: "ab\(index)")
    }

    @Test func everyEntryStandsUnderItsRoundAndIsEscaped() throws {
        let page = renderLedgerPage(
            federation: "a & b",
            entries: [
                entry(0, round: nil, "founds"), entry(1, round: 1, "opens"), entry(2, round: nil, "posts keys"),
                entry(3, round: 1, "<script>"), entry(4, round: 2, "opens again"),
            ])
        #expect(page.contains("a &amp; b") && page.contains("5 entries"))
        #expect(page.contains("&lt;script&gt;") && !page.contains("<script>"))
        let titles = page.components(separatedBy: "<h2 ").count - 1
        #expect(titles == 3, "before the first round, round 1 with the keys in its middle, round 2")
        let first = try #require(page.range(of: "Round 1</h2>"))
        let second = try #require(page.range(of: "Round 2</h2>"))
        let keys = try #require(page.range(of: "posts keys"))
        #expect(first.lowerBound < keys.lowerBound && keys.lowerBound < second.lowerBound)
        for index in 0..<5 { #expect(page.contains("ab\(index)")) }
    }
}
