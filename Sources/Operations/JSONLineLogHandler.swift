package import Foundation
package import Logging

/// One JSON object a line. Of metadata only `LogValue`s are written; of messages only those of `OperationalLog`, whose
/// text stands in the source. Of what libraries log, the line says where in their source it was said.
package struct JSONLineLogHandler: LogHandler {
    static let eventKey = "cordon.event"

    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let now: @Sendable () -> Date
    private let write: @Sendable (String) -> Void

    /// - Parameter write: takes a whole line, newline included; called from any thread.
    package init(
        label: String, level: Logger.Level = .info, now: @escaping @Sendable () -> Date,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.label = label
        self.now = now
        self.write = write
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    private struct Line: Encodable {
        let time: String
        let level: String
        let logger: String
        let event: String
        let errorType: String?
        let fields: [String: LogValue]?
    }

    package func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        var values = all.compactMapValues { value -> LogValue? in
            if case .stringConvertible(let convertible) = value { convertible as? LogValue } else { nil }
        }
        let said = values.removeValue(forKey: Self.eventKey)
        let place = "\(event.source) \(event.file.split(separator: "/").last ?? ""):\(event.line)"
        let line = Line(
            time: now().ISO8601Format(.iso8601(timeZone: .gmt, includingFractionalSeconds: true)),
            level: event.level.rawValue, logger: label, event: said?.description ?? place,
            errorType: event.error.map { "\(type(of: $0))" }, fields: values.isEmpty ? nil : values)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Encoding strings and finite numbers cannot fail; if it did, the line must not vanish silently.
        let text = (try? encoder.encode(line)).map { String(decoding: $0, as: UTF8.self) }
        write((text ?? "{\"event\":\"a log line could not be encoded\"}") + "\n")
    }
}
