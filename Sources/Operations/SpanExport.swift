import Foundation
import Ledger

/// Spans as OTLP/JSON (OpenTelemetry protocol 1.x, `ExportTraceServiceRequest`), one request a line, which is what the
/// OpenTelemetry collector's file receiver takes.
package struct SpanExport: Sendable {
    private let path: String

    /// - Parameter path: a file that grows; made when missing.
    package init(path: String) { self.path = path }

    /// Appends the spans of `service` as one line; nothing for none.
    /// - Throws: what the file system says.
    package func append(_ spans: [Span], of service: String) throws {
        guard !spans.isEmpty else { return }
        let line = Data(try Self.line(spans, of: service).utf8)
        if !FileManager.default.fileExists(atPath: path) {
            try Data().write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
        }
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: line)
    }

    static func line(_ spans: [Span], of service: String) throws -> String {
        let request = Request(
            resourceSpans: [
                .init(
                    resource: .init(attributes: [Attribute(key: "service.name", value: .party(service))]),
                    scopeSpans: [.init(scope: .init(name: "cordon"), spans: spans.map(EncodedSpan.init))])
            ])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(request), as: UTF8.self) + "\n"
    }

    private struct Request: Encodable {
        struct ResourceSpans: Encodable {
            let resource: Resource
            let scopeSpans: [ScopeSpans]
        }
        struct Resource: Encodable { let attributes: [Attribute] }
        struct ScopeSpans: Encodable {
            let scope: Scope
            let spans: [EncodedSpan]
        }
        struct Scope: Encodable { let name: String }
        let resourceSpans: [ResourceSpans]
    }

    private struct Attribute: Encodable {
        let key: String
        let value: LogValue

        private enum Keys: String, CodingKey { case key, value }
        private enum Kinds: String, CodingKey { case stringValue, intValue, doubleValue, boolValue }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(key, forKey: .key)
            var kind = container.nestedContainer(keyedBy: Kinds.self, forKey: .value)
            switch value.storage {
            // 64-bit integers are strings in the JSON mapping of protobuf.
            case .integer(let value): try kind.encode(String(value), forKey: .intValue)
            case .real(let value): try kind.encode(value, forKey: .doubleValue)
            case .flag(let value): try kind.encode(value, forKey: .boolValue)
            case .text(let value): try kind.encode(value, forKey: .stringValue)
            }
        }
    }

    private struct EncodedSpan: Encodable {
        struct Status: Encodable { let code: Int }
        let traceId: String
        let spanId: String
        let parentSpanId: String?
        let name: String
        /// SPAN_KIND_INTERNAL
        let kind = 1
        let startTimeUnixNano: String
        let endTimeUnixNano: String
        let attributes: [Attribute]
        let status: Status

        init(_ span: Span) {
            traceId = hexadecimal(span.trace.bytes)
            spanId = hexadecimal(span.identifier.bytes)
            parentSpanId = span.parent.map { hexadecimal($0.bytes) }
            name = span.name
            startTimeUnixNano = String(span.start)
            endTimeUnixNano = String(span.end)
            attributes = span.attributes.sorted { $0.key < $1.key }.map(Attribute.init)
            // STATUS_CODE_OK or STATUS_CODE_ERROR
            status = Status(code: span.hasFailed ? 2 : 1)
        }
    }
}
