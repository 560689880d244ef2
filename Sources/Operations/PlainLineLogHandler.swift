package import Foundation
package import Logging

/// Lines for a person: time, level, what happened, and its fields. The same whitelist as `JSONLineLogHandler`.
package struct PlainLineLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let now: @Sendable () -> Date
    private let write: @Sendable (String) -> Void

    /// - Parameter write: takes a whole line, newline included; called from any thread.
    package init(
        level: Logger.Level = .info, now: @escaping @Sendable () -> Date, write: @escaping @Sendable (String) -> Void
    ) {
        self.now = now
        self.write = write
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        var values = all.compactMapValues { value -> LogValue? in
            if case .stringConvertible(let convertible) = value { convertible as? LogValue } else { nil }
        }
        // What libraries log has no event of this program's source: it is for the JSON log.
        guard let said = values.removeValue(forKey: JSONLineLogHandler.eventKey) else { return }
        let fields = values.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }.joined()
        write("\(now().ISO8601Format()) \(event.level.rawValue)  \(said)\(fields)\n")
    }
}
