package import Logging

/// What this program logs: an event that stands in the source, with fields of whitelisted values.
package struct OperationalLog: Sendable {
    package let logger: Logger

    package init(_ logger: Logger) { self.logger = logger }

    package func log(_ level: Logger.Level, _ event: StaticString, _ fields: [(StaticString, LogValue)] = []) {
        var metadata: Logger.Metadata = [JSONLineLogHandler.eventKey: .stringConvertible(LogValue.word(event))]
        for (name, value) in fields { metadata["\(name)"] = .stringConvertible(value) }
        logger.log(level: level, "\(event)", metadata: metadata)
    }
}
