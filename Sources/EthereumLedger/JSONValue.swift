import Ledger

/// A JSON value of a JSON-RPC call: Ethereum's methods use no numbers but in errors.
package enum JSONValue: Hashable, Sendable, Codable {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    package subscript(_ key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    package var text: String? {
        if case .string(let value) = self { value } else { nil }
    }

    package var elements: [JSONValue]? {
        if case .array(let values) = self { values } else { nil }
    }

    /// A quantity, `0x` and hexadecimal digits; nil beyond 64 bits.
    package var quantity: UInt64? {
        guard let text, text.hasPrefix("0x") else { return nil }
        return UInt64(text.dropFirst(2), radix: 16)
    }

    /// Data, `0x` and two digits a byte, of either case.
    package var data: [UInt8]? {
        guard let text, text.hasPrefix("0x") else { return nil }
        return decodeHexadecimal(text.dropFirst(2).lowercased())
    }

    package static func quantity(_ value: UInt64) -> JSONValue { .string("0x" + String(value, radix: 16)) }

    package static func data(_ bytes: [UInt8]) -> JSONValue { .string("0x" + hexadecimal(bytes)) }
}
