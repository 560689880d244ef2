/// Who signed an entry: the coordinator, or the member with this index in `FederationFoundation.members`.
package enum Author: Hashable, Sendable, Codable, CustomStringConvertible {
    case coordinator
    case member(Int)

    package var description: String {
        switch self {
        case .coordinator: "coordinator"
        case .member(let index): "member \(index)"
        }
    }
}

extension Author {
    /// 0 for the coordinator, 1 + index for a member.
    package func encode(to writer: inout ByteWriter) {
        switch self {
        case .coordinator: writer.append(UInt16(0))
        case .member(let index):
            precondition((0..<LedgerLimits.members).contains(index))
            writer.append(UInt16(index + 1))
        }
    }

    package init(from reader: inout ByteReader) throws(LedgerError) {
        let code = Int(try reader.readUInt16())
        guard code <= LedgerLimits.members else { throw LedgerError(.malformed, "author code \(code) is out of range") }
        self = code == 0 ? .coordinator : .member(code - 1)
    }
}
