import Foundation
import Testing

@testable import Report

/// WCAG 2.1, success criteria 1.4.3 (text 4.5 : 1) and 1.4.11 (graphics 3 : 1), computed from the style sheet itself.
@Suite("Contrast of the page")
struct ContrastTests {
    /// The colours of one `:root{…}` of the sheet by name.
    private static func palette(dark: Bool) throws -> [String: [Double]] {
        let sheet = ReportStyle.sheet.text
        let start = try #require(sheet.range(of: dark ? "dark){:root{" : ":root{"))
        let end = try #require(sheet[start.upperBound...].firstIndex(of: "}"))
        var colours: [String: [Double]] = [:]
        for declaration in sheet[start.upperBound..<end].split(separator: ";") {
            let parts = declaration.trimmingCharacters(in: .whitespacesAndNewlines).split(separator: ":")
            let hex = try #require(parts.last).dropFirst()
            let value = try #require(UInt32(hex, radix: 16))
            colours[String(parts[0].dropFirst(2))] = [16, 8, 0].map { Double((value >> $0) & 255) / 255 }
        }
        return colours
    }

    private static func luminance(_ colour: [Double]) -> Double {
        let linear = colour.map { $0 <= 0.03928 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    private static func contrast(_ left: [Double], _ right: [Double]) -> Double {
        let (low, high) = (min(luminance(left), luminance(right)), max(luminance(left), luminance(right)))
        return (high + 0.05) / (low + 0.05)
    }

    @Test("text and graphics stand out", arguments: [false, true])
    func standsOut(dark: Bool) throws {
        let colours = try Self.palette(dark: dark)
        let pairs: [(front: String, back: String, least: Double)] =
            ["ink", "soft", "accent", "alarm", "s1", "s2"].flatMap { [($0, "paper", 4.5), ($0, "tint", 4.5)] }
            + [("alarm", "alarm-tint", 4.5)] + (1...9).map { ("s\($0)", "paper", 3) }
        for pair in pairs {
            let front = try #require(colours[pair.front])
            let back = try #require(colours[pair.back])
            let ratio = Self.contrast(front, back)
            #expect(ratio >= pair.least, "\(pair.front) on \(pair.back), \(dark ? "dark" : "light"): \(ratio)")
        }
    }

    @Test("the measure itself gives the standard's values")
    func knownContrasts() {
        #expect(abs(Self.contrast([0, 0, 0], [1, 1, 1]) - 21) < 1e-9)
        #expect(abs(Self.contrast([0.4667, 0.4667, 0.4667], [1, 1, 1]) - 4.48) < 0.01)
    }
}
