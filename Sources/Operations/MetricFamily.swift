/// What a metric is called, what it means and how it counts. Names end in their unit, as Prometheus has it:
/// `cordon_round_seconds`, `cordon_rounds_total`.
package struct MetricFamily: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Only grows.
        case counter
        /// Goes up and down.
        case gauge
        /// Counts observations up to each bound; bounds ascend, and infinity is added.
        case histogram(bounds: [Double])

        var word: String {
            switch self {
            case .counter: "counter"
            case .gauge: "gauge"
            case .histogram: "histogram"
            }
        }
    }

    package let name: String
    package let help: String
    package let kind: Kind

    package static func counter(_ name: StaticString, _ help: StaticString) -> MetricFamily {
        MetricFamily(name, help, .counter)
    }

    package static func gauge(_ name: StaticString, _ help: StaticString) -> MetricFamily {
        MetricFamily(name, help, .gauge)
    }

    package static func histogram(_ name: StaticString, _ help: StaticString, bounds: [Double]) -> MetricFamily {
        precondition(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }, "bounds of a histogram ascend")
        return MetricFamily(name, help, .histogram(bounds: bounds))
    }

    private init(_ name: StaticString, _ help: StaticString, _ kind: Kind) {
        let isSound = "\(name)".utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        precondition(isSound, "a metric's name has small letters, digits and underscores")
        self.name = "\(name)"
        self.help = "\(help)"
        self.kind = kind
    }
}
