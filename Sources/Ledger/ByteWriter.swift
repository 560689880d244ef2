/// The canonical encoding's writer: big-endian integers, u32-counted byte strings and lists.
package struct ByteWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func append<Value: FixedWidthInteger & UnsignedInteger>(_ value: Value) {
        for shift in stride(from: Value.bitWidth - 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> Value(shift)))
        }
    }

    package mutating func append(_ value: Int64) { append(UInt64(bitPattern: value)) }
    package mutating func append(_ value: Bool) { bytes.append(value ? 1 : 0) }
    package mutating func append(_ digest: Digest) { bytes += digest.bytes }
    package mutating func append(fixed data: [UInt8]) { bytes += data }

    package mutating func append(counted data: [UInt8]) {
        append(UInt32(data.count))
        bytes += data
    }

    package mutating func append(_ text: String) { append(counted: Array(text.utf8)) }

    /// A member's index, two bytes.
    package mutating func append(member: Int) {
        precondition((0..<LedgerLimits.members).contains(member))
        append(UInt16(member))
    }

    package mutating func append<Elements: Collection>(
        list elements: Elements, each write: (inout ByteWriter, Elements.Element) -> Void
    ) {
        append(UInt32(elements.count))
        for element in elements { write(&self, element) }
    }
}
