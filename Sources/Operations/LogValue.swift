package import Ledger

/// A value that may stand in a log line or a trace: a number, a word of this program's source, a public digest, a
/// party's name or address, or the words of an error, which hold no secret and no patient's value by the rules of the
/// house. No other text and no bytes lead to one.
package struct LogValue: Hashable, Sendable, CustomStringConvertible, Encodable {
    enum Storage: Hashable, Sendable {
        case integer(Int64)
        case real(Double)
        case flag(Bool)
        case text(String)
    }

    let storage: Storage

    private init(_ storage: Storage) { self.storage = storage }

    package static func count(_ value: some BinaryInteger) -> LogValue { LogValue(.integer(Int64(clamping: value))) }
    package static func seconds(_ value: Double) -> LogValue { LogValue(value.isFinite ? .real(value) : .integer(-1)) }
    package static func flag(_ value: Bool) -> LogValue { LogValue(.flag(value)) }
    /// A word that stands in the source.
    package static func word(_ value: StaticString) -> LogValue { LogValue(.text("\(value)")) }
    /// The name of a case of an enumeration, for instance an error's code.
    package static func code(_ value: some RawRepresentable<String>) -> LogValue { LogValue(.text(value.rawValue)) }
    package static func phase(_ value: RoundPhase) -> LogValue { LogValue(.text("\(value)")) }
    /// The first eight bytes of a digest that stands on the ledger.
    package static func digest(_ value: Digest) -> LogValue { LogValue(.text(String(value.hex.prefix(16)))) }
    /// The name of a party, if it is one that a ledger would take.
    package static func party(_ name: String) -> LogValue { LogValue(.text(isValidPartyName(name) ? name : "unnamed")) }

    /// Why something failed, in the words of an error of this package: its errors hold no secret and no patient's
    /// value.
    package static func reason(_ error: any Error) -> LogValue { LogValue(.text(printable("\(error)", atMost: 500))) }
    /// Where a peer is: host or number, and port.
    package static func address(_ address: String) -> LogValue { LogValue(.text(printable(address, atMost: 300))) }

    /// One line, whatever a peer's name or a library's error holds.
    private static func printable(_ text: String, atMost count: Int) -> String {
        let printable = text.unicodeScalars.filter { $0.properties.generalCategory != .control }
        return String(String.UnicodeScalarView(printable.prefix(count)))
    }

    package var description: String {
        switch storage {
        case .integer(let value): "\(value)"
        case .real(let value): "\(value)"
        case .flag(let value): "\(value)"
        case .text(let value): value
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch storage {
        case .integer(let value): try container.encode(value)
        case .real(let value): try container.encode(value)
        case .flag(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        }
    }
}
