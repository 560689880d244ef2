import Foundation
import Testing

@testable import Report

/// Writes the fixture's page where `CORDON_REPORT_FIXTURE` says, to be looked at in a browser.
@Suite("A page to look at")
struct WrittenPageTests {
    private static let directory = ProcessInfo.processInfo.environment["CORDON_REPORT_FIXTURE"]

    @Test("is written on demand", .enabled(if: directory != nil, "set CORDON_REPORT_FIXTURE=DIR to write the page"))
    func writes() throws {
        let directory = try #require(Self.directory)
        let image = try Data(contentsOf: URL(fileURLWithPath: "\(directory)/example.png")).base64EncodedString()
        let examples = (0..<8).map { index in
            RunSummary.Example(
                index: index * 17, pngBase64: image, truth: index % 2, predicted: index == 5 ? 0 : index % 2,
                probability: 0.99 - Double(index) * 0.05)
        }
        let summary = FixtureSummary.make(examples: examples)
        try Data(renderReport(summary).utf8).write(to: URL(fileURLWithPath: "\(directory)/report.html"))
        let other = FixtureSummary.make(
            seed: 4, rounds: 4, isSynthetic: true, hasPrivacy: false, hasAttack: false, hasBaselines: false)
        try Data(renderReport(other).utf8).write(to: URL(fileURLWithPath: "\(directory)/synthetic.html"))
        try Data(renderTable(summary).utf8).write(to: URL(fileURLWithPath: "\(directory)/table.txt"))
    }
}
