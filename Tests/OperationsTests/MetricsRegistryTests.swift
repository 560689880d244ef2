import Foundation
import Operations
import Testing

@Suite struct MetricsRegistryTests {
    static func sample() -> MetricsRegistry {
        var metrics = MetricsRegistry([
            .counter("cordon_rounds_total", "Rounds that ended."),
            .counter("cordon_retries_total", "Connections tried again."),
            .gauge("cordon_round", "The open round."),
            .histogram("cordon_round_seconds", "Length of a round.", bounds: [1, 10, 100]),
        ])
        metrics.add(to: "cordon_rounds_total", labels: ["outcome": "published"])
        metrics.add(2, to: "cordon_rounds_total", labels: ["outcome": "say \"no\"\nor \\"])
        metrics.set("cordon_round", to: 3.5)
        for seconds in [0.5, 1, 7, 1_000] { metrics.observe(seconds, in: "cordon_round_seconds") }
        return metrics
    }

    @Test func theTextIsThatOfTheFormat() {
        #expect(
            Self.sample().prometheusText == """
                # HELP cordon_rounds_total Rounds that ended.
                # TYPE cordon_rounds_total counter
                cordon_rounds_total{outcome="published"} 1
                cordon_rounds_total{outcome="say \\"no\\"\\nor \\\\"} 2
                # HELP cordon_retries_total Connections tried again.
                # TYPE cordon_retries_total counter
                cordon_retries_total 0
                # HELP cordon_round The open round.
                # TYPE cordon_round gauge
                cordon_round 3.5
                # HELP cordon_round_seconds Length of a round.
                # TYPE cordon_round_seconds histogram
                cordon_round_seconds_bucket{le="1"} 2
                cordon_round_seconds_bucket{le="10"} 3
                cordon_round_seconds_bucket{le="100"} 3
                cordon_round_seconds_bucket{le="+Inf"} 4
                cordon_round_seconds_sum 1008.5
                cordon_round_seconds_count 4

                """)
    }

    /// Prometheus' own reader for Python takes it, and finds the same figures.
    @Test(.enabled(if: hasPrometheusClient, "skipped: PyPI prometheus-client is not installed"))
    func prometheusReadsIt() throws {
        let script = """
            import sys
            from prometheus_client.parser import text_string_to_metric_families
            for family in text_string_to_metric_families(sys.stdin.read()):
                for sample in family.samples:
                    print(family.type, sample.name, sorted(sample.labels.items()), "%g" % sample.value)
            """
        let read = try Python.run(script, input: Self.sample().prometheusText)
        #expect(read.contains("counter cordon_rounds_total [('outcome', 'say \"no\"\\nor \\\\')] 2\n"))
        #expect(read.contains("histogram cordon_round_seconds_bucket [('le', '+Inf')] 4\n"))
        #expect(read.contains("gauge cordon_round [] 3.5\n"))
    }

    static var hasPrometheusClient: Bool { (try? Python.run("import prometheus_client.parser", input: "")) != nil }
}
