/// The canonical encoding's reader: bounds-checked, every length under a limit, no trailing bytes.
package struct ByteReader {
    private let bytes: [UInt8]
    private var offset = 0

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    private mutating func take(_ count: Int) throws(LedgerError) -> ArraySlice<UInt8> {
        guard count <= bytes.count - offset else {
            throw LedgerError(.malformed, "\(count) bytes wanted at \(offset), \(bytes.count - offset) left")
        }
        defer { offset += count }
        return bytes[offset..<offset + count]
    }

    private mutating func readInteger(bytes count: Int) throws(LedgerError) -> UInt64 {
        try take(count).reduce(0) { $0 << 8 | UInt64($1) }
    }

    package mutating func readUInt8() throws(LedgerError) -> UInt8 {
        UInt8(truncatingIfNeeded: try readInteger(bytes: 1))
    }
    package mutating func readUInt16() throws(LedgerError) -> UInt16 {
        UInt16(truncatingIfNeeded: try readInteger(bytes: 2))
    }
    package mutating func readUInt32() throws(LedgerError) -> UInt32 {
        UInt32(truncatingIfNeeded: try readInteger(bytes: 4))
    }
    package mutating func readUInt64() throws(LedgerError) -> UInt64 { try readInteger(bytes: 8) }
    package mutating func readInt64() throws(LedgerError) -> Int64 { Int64(bitPattern: try readInteger(bytes: 8)) }

    package mutating func readBool() throws(LedgerError) -> Bool {
        switch try readUInt8() {
        case 0: false
        case 1: true
        case let other: throw LedgerError(.malformed, "\(other) is not a truth value")
        }
    }

    package mutating func readDigest() throws(LedgerError) -> Digest {
        try Digest(bytes: Array(try take(Digest.byteCount)))
    }

    package mutating func readFixed(_ count: Int) throws(LedgerError) -> [UInt8] { Array(try take(count)) }

    package mutating func readCounted(limit: Int) throws(LedgerError) -> [UInt8] {
        Array(try take(try readCount(limit: limit)))
    }

    package mutating func readString(limit: Int) throws(LedgerError) -> String {
        let data = try readCounted(limit: limit)
        guard let text = String(validating: data, as: UTF8.self) else {
            throw LedgerError(.malformed, "a text is not UTF-8")
        }
        return text
    }

    package mutating func readMember() throws(LedgerError) -> Int {
        let index = Int(try readUInt16())
        guard index < LedgerLimits.members else {
            throw LedgerError(.malformed, "member index \(index) is out of range")
        }
        return index
    }

    package mutating func readCount(limit: Int) throws(LedgerError) -> Int {
        let count = Int(try readUInt32())
        guard count <= limit else { throw LedgerError(.malformed, "a length of \(count) exceeds the limit \(limit)") }
        return count
    }

    package mutating func readList<Element>(
        limit: Int, each read: (inout ByteReader) throws(LedgerError) -> Element
    ) throws(LedgerError) -> [Element] {
        let count = try readCount(limit: limit)
        var elements: [Element] = []
        for _ in 0..<count { elements.append(try read(&self)) }
        return elements
    }

    package func finish() throws(LedgerError) {
        guard offset == bytes.count else {
            throw LedgerError(.malformed, "\(bytes.count - offset) bytes after the end")
        }
    }
}
