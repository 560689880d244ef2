import Testing

@testable import Report

@Suite("How figures are written")
struct FiguresTests {
    @Test(arguments: [
        (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1_000, "1.00 kB"), (433_152, "433.2 kB"),
        (43_315_200, "43.3 MB"), (7_200_000_000, "7.20 GB"),
    ])
    func bytes(value: Int, expected: String) {
        #expect(Figures.bytes(value).replacing("\u{202F}", with: " ") == expected)
    }

    @Test(arguments: [
        (0.004, "0.00 s"), (9.99, "9.99 s"), (48.12, "48.1 s"), (99.97, "1 min 40 s"), (185.0, "3 min 05 s"),
    ])
    func seconds(value: Double, expected: String) {
        #expect(Figures.seconds(value).replacing("\u{202F}", with: " ") == expected)
    }

    @Test(arguments: [([1, 2, 3, 7], "1–3, 7"), ([5], "5"), ([], ""), ([9, 8, 1], "1, 8–9")])
    func ranges(numbers: [Int], expected: String) {
        #expect(Figures.ranges(numbers) == expected)
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1_000, "1 000"), (104_770, "104 770"), (-1_234_567, "−1 234 567")])
    func counts(value: Int, expected: String) {
        #expect(Figures.count(value).replacing("\u{202F}", with: " ") == expected)
    }

    @Test(arguments: [("plain-1.csv", "plain-1.csv"), ("two words", "'two words'"), ("it's", "'it'\\''s'"), ("", "''")])
    func shellQuoting(argument: String, expected: String) {
        #expect(ReproductionSection.quoted(argument) == expected)
    }

    @Test func escaping() {
        let text = "<a href='x'>&\"\u{7}"
        #expect(("\(text)" as HTML).text == "&lt;a href=&#39;x&#39;&gt;&amp;&quot;\u{FFFD}")
    }
}
