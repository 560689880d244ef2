import Foundation
import Ledger
import Operations
import Testing

@Suite struct SpanTests {
    private func recorded(service: String = "hospital-1") -> [Span] {
        var recorder = SpanRecorder(service: service, instance: 7)
        let trace = Span.Trace(federation: Digest.sha256([1]), round: 3)
        let round = recorder.begin("round", in: trace, at: 1_000, [("round", .count(3))])
        let training = recorder.begin("train", in: trace, under: round, at: 1_500)
        recorder.end(training, at: 2_500, failed: true, [("steps", .count(10)), ("seconds", .seconds(0.25))])
        recorder.end(round, at: 4_000)
        return recorder.takeEnded()
    }

    @Test func spansNestAndEndOnce() {
        let spans = recorded()
        #expect(spans.map(\.name) == ["train", "round"])
        #expect(spans[0].parent == spans[1].identifier && spans[1].parent == nil)
        #expect(spans[0].end - spans[0].start == 1_000 && spans[0].hasFailed && !spans[1].hasFailed)
        var recorder = SpanRecorder(service: "a", instance: 0)
        let span = recorder.begin("x", in: spans[0].trace, at: 5)
        recorder.end(span, at: 4)
        recorder.end(span, at: 9)
        #expect(recorder.takeEnded().map(\.end) == [5], "a clock that went back makes no negative length")
        #expect(recorder.takeEnded().isEmpty)
    }

    @Test func allPartiesShareARoundsTraceAndNoSpan() {
        let (one, other) = (recorded(), recorded(service: "coordinator"))
        #expect(one[0].trace == other[0].trace)
        #expect(Set((one + other).map(\.identifier)).count == 4)
        #expect(Span.Trace(federation: Digest.sha256([1]), round: 4) != one[0].trace)
    }

    /// OpenTelemetry's own message takes every field; an unknown one would be an error.
    @Test(.enabled(if: hasProtocol, "skipped: PyPI opentelemetry-proto is not installed"))
    func openTelemetryReadsIt() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("cordon-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: path) }
        try SpanExport(path: path.path).append(recorded(), of: "hospital-1")
        // The protocol's JSON has identifiers in hexadecimal where protobuf's own mapping has Base64.
        let script = """
            import base64, json, sys
            from google.protobuf import json_format
            from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
            request = json.load(sys.stdin)
            for span in request["resourceSpans"][0]["scopeSpans"][0]["spans"]:
                for key in ("traceId", "spanId", "parentSpanId"):
                    if key in span: span[key] = base64.b64encode(bytes.fromhex(span[key])).decode()
            read = json_format.ParseDict(request, ExportTraceServiceRequest())
            for span in read.resource_spans[0].scope_spans[0].spans:
                print(span.name, span.end_time_unix_nano - span.start_time_unix_nano, len(span.trace_id),
                    len(span.span_id), len(span.parent_span_id), span.status.code, span.attributes[0].key)
            """
        let read = try Python.run(script, input: try String(contentsOf: path, encoding: .utf8))
        #expect(read == "train 1000 16 8 8 2 seconds\nround 3000 16 8 0 1 round\n")
    }

    static var hasProtocol: Bool {
        (try? Python.run("import opentelemetry.proto.collector.trace.v1.trace_service_pb2", input: "")) != nil
    }

    /// The field names and encodings of opentelemetry-proto's JSON mapping (OTLP specification, "JSON Protobuf
    /// Encoding"): identifiers in hexadecimal, 64-bit integers as strings, enumerations as numbers.
    @Test func theFileHasOneExportRequestALine() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("cordon-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: path) }
        let export = SpanExport(path: path.path)
        try export.append(recorded(), of: "hospital-1")
        try export.append([], of: "hospital-1")
        try export.append(recorded(), of: "hospital-1")
        let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 2)
        let object = try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any]
        let resource = (object?["resourceSpans"] as? [[String: Any]])?.first
        let scope = (resource?["scopeSpans"] as? [[String: Any]])?.first
        let spans = try #require(scope?["spans"] as? [[String: Any]])
        let training = try #require(spans.first)
        #expect((training["traceId"] as? String)?.wholeMatch(of: /[0-9a-f]{32}/) != nil)
        #expect((training["spanId"] as? String)?.wholeMatch(of: /[0-9a-f]{16}/) != nil)
        #expect(training["parentSpanId"] as? String == spans[1]["spanId"] as? String)
        #expect(training["startTimeUnixNano"] as? String == "1500")
        #expect((training["status"] as? [String: Int]) == ["code": 2])
        let attributes = try #require(training["attributes"] as? [[String: Any]])
        #expect(attributes.map { $0["key"] as? String } == ["seconds", "steps"])
        #expect((attributes[1]["value"] as? [String: String]) == ["intValue": "10"])
    }
}
