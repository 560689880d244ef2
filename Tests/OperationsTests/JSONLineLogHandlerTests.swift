import Foundation
import Ledger
import Logging
import Operations
import Synchronization
import Testing

@Suite struct JSONLineLogHandlerTests {
    private final class Lines: Sendable {
        let text = Mutex("")
    }

    private func logger(into lines: Lines) -> Logger {
        Logger(label: "cordon.test") { label in
            JSONLineLogHandler(label: label, level: .debug, now: { Date(timeIntervalSince1970: 1_700_000_000.25) }) {
                line in lines.text.withLock { $0 += line }
            }
        }
    }

    private struct Line: Decodable {
        let time: String
        let level: String
        let event: String
        let fields: [String: Field]?

        enum Field: Decodable, Equatable {
            case integer(Int), real(Double), flag(Bool), text(String)

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let value = try? container.decode(Bool.self) {
                    self = .flag(value)
                } else if let value = try? container.decode(Int.self) {
                    self = .integer(value)
                } else if let value = try? container.decode(Double.self) {
                    self = .real(value)
                } else {
                    self = .text(try container.decode(String.self))
                }
            }
        }
    }

    @Test func anEventIsOneObjectOnOneLine() throws {
        let lines = Lines()
        OperationalLog(logger(into: lines)).log(
            .notice, "round published",
            [
                ("round", .count(3)), ("seconds", .seconds(1.5)), ("late", .flag(false)), ("phase", .phase(.vote)),
                ("hospital", .party("clinic-\u{2028}\"x")), ("model", .digest(Digest.sha256([1]))),
            ])
        let text = lines.text.withLock { $0 }
        #expect(text.hasSuffix("\n") && text.filter { $0 == "\n" }.count == 1)
        let line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
        #expect(line.time.hasPrefix("2023-11-14T22:13:20.25"))
        #expect(line.level == "notice" && line.event == "round published")
        #expect(
            line.fields == [
                "round": .integer(3), "seconds": .real(1.5), "late": .flag(false), "phase": .text("vote"),
                // A line separator is white space: no party has such a name.
                "hospital": .text("unnamed"), "model": .text(String(Digest.sha256([1]).hex.prefix(16))),
            ])
    }

    @Test func linesForAPersonKeepToTheSameWhitelist() {
        let lines = Lines()
        let logger = Logger(label: "cordon.test") { _ in
            PlainLineLogHandler(level: .debug, now: { Date(timeIntervalSince1970: 1_700_000_000) }) { line in
                lines.text.withLock { $0 += line }
            }
        }
        OperationalLog(logger).log(.notice, "round published", [("round", .count(3)), ("late", .flag(false))])
        OperationalLog(logger).log(.error, "peer gone", [("peer", .address("host:1\n2023 forged line"))])
        logger.error("a library's message", metadata: ["peer": "secret"])
        #expect(
            lines.text.withLock { $0 } == """
                2023-11-14T22:13:20Z notice  round published  late: false  round: 3
                2023-11-14T22:13:20Z error  peer gone  peer: host:12023 forged line

                """)
    }

    /// Whatever a library or a careless line logs, neither its message nor its metadata is written.
    @Test func foreignTextNeverStandsInALine() throws {
        let lines = Lines()
        let logger = logger(into: lines)
        let secret = "hunter2-patient-Jane-Doe"
        logger.error("connection of \(secret) failed", metadata: ["peer": "\(secret)", "nested": ["a": "\(secret)"]])
        logger.error(
            "\(secret)", metadata: ["cordon.event": "\(secret)", "list": [.stringConvertible(LogValue.count(7))]])
        var withContext = logger
        withContext[metadataKey: "request"] = "\(secret)"
        withContext.warning("\(secret)")
        let text = lines.text.withLock { $0 }
        #expect(!text.contains(secret))
        let first = try #require(text.split(separator: "\n").first)
        let line = try JSONDecoder().decode(Line.self, from: Data(first.utf8))
        #expect(line.event.contains("JSONLineLogHandlerTests.swift:"), "it says where the message stands")
        #expect(line.fields == nil)
    }
}
