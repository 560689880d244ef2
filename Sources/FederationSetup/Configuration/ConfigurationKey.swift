/// One key of a configuration file. Reading and the reference both go by it, so that they cannot differ.
package struct ConfigurationKey: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case text
        case choice([String])
        case integer(ClosedRange<Int>)
        case number(ClosedRange<Double>)
        case list
        case address
        /// Relative to the folder of the configuration.
        case path
    }

    package enum Default: Hashable, Sendable {
        case required
        case value(String)
        /// In words: follows from other keys, or leaves something out.
        case derived(String)
    }

    package let name: String
    package let kind: Kind
    package let standard: Default
    package let meaning: String

    init(_ name: String, _ kind: Kind, _ standard: Default, _ meaning: String) {
        self.name = name
        self.kind = kind
        self.standard = standard
        self.meaning = meaning
    }

    /// What may stand there, in words.
    package var type: String {
        switch kind {
        case .text: "text"
        case .choice(let words): words.joined(separator: " or ")
        case .integer(let range): "whole number, \(range.lowerBound) … \(range.upperBound)"
        case .number(let range): "number, \(range.lowerBound) … \(range.upperBound)"
        case .list: "list of texts"
        case .address: "host:port"
        case .path: "path"
        }
    }

    /// What holds where the key is missing, in words.
    package var standardText: String {
        switch standard {
        case .required: "required"
        case .value(let text): text
        case .derived(let words): words
        }
    }
}
