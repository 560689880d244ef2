import Foundation
import Testing

@testable import Report

@Suite("summary.json")
struct RunSummaryTests {
    @Test("reads back what it wrote, byte for byte", arguments: [true, false])
    func roundTrip(isFull: Bool) throws {
        let summary = FixtureSummary.make(hasPrivacy: isFull, hasAttack: isFull, hasBaselines: isFull)
        let read = try RunSummary(json: try summary.json())
        #expect(read == summary)
        #expect(try read.json() == summary.json())
    }

    @Test("leaves absent parts out and never writes null")
    func omitsAbsent() throws {
        let json = String(
            decoding: try FixtureSummary.make(hasPrivacy: false, hasAttack: false, hasBaselines: false).json(),
            as: UTF8.self)
        for key in ["\"privacy\"", "\"attack\"", "\"baselines\"", "null"] { #expect(!json.contains(key)) }
    }

    @Test("refuses a newer version than it knows, with words to act on")
    func refusesNewer() throws {
        var summary = FixtureSummary.make()
        summary.schemaVersion = RunSummary.currentSchemaVersion + 1
        let json = try summary.json()
        #expect(throws: DecodingError.self) { try RunSummary(json: json) }
    }

    @Test("refuses figures that are not finite")
    func refusesNotFinite() {
        var summary = FixtureSummary.make()
        summary.metrics.accuracy = .nan
        #expect(throws: EncodingError.self) { try summary.json() }
    }

    @Test(
        "keeps the keys that other programs read",
        arguments: [
            "schemaVersion", "dataSet", "model", "federation", "encryption", "rounds", "metrics", "perHospital",
            "baselines", "attack", "privacy", "defence", "timing", "protocolShare", "bytes", "ledger",
        ])
    func keepsKeys(key: String) throws {
        let object = try JSONSerialization.jsonObject(with: FixtureSummary.make().json()) as? [String: Any]
        #expect(object?[key] != nil)
    }
}
