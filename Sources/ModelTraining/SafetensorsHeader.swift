/// The JSON header of a safetensors file, read strictly: unlike a general parser it refuses a name that occurs twice.
struct SafetensorsHeader {
    struct Entry {
        let name: String
        var type = ""
        var shape: [Int] = []
        var start = 0
        var end = 0
    }

    private(set) var entries: [Entry] = []
    private(set) var metadata: [String: String] = [:]
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    mutating func parse() throws {
        guard bytes.first == UInt8(ascii: "{") else { throw malformed("its header does not begin with a brace") }
        var names = Set<String>()
        try object { header, name in
            guard names.insert(name).inserted else { throw malformed("the name \(name) occurs twice") }
            if name == "__metadata__" {
                try header.object { header, key in
                    let value = try header.string()
                    guard header.metadata.updateValue(value, forKey: key) == nil else {
                        throw malformed("the metadata key \(key) occurs twice")
                    }
                }
            } else {
                try header.entry(name)
            }
        }
        blanks()
        guard position == bytes.endIndex else { throw malformed("something follows the header's last brace") }
    }

    private mutating func entry(_ name: String) throws {
        var entry = Entry(name: name)
        var keys = Set<String>()
        try object { header, key in
            guard keys.insert(key).inserted else { throw malformed("\(name) gives \(key) twice") }
            switch key {
            case "dtype": entry.type = try header.string()
            case "shape": entry.shape = try header.integers()
            case "data_offsets":
                let offsets = try header.integers()
                guard offsets.count == 2 else { throw malformed("\(name) has no two offsets") }
                (entry.start, entry.end) = (offsets[0], offsets[1])
            default: throw malformed("\(name) has the unknown key \(key)")
            }
        }
        guard keys.count == 3 else { throw malformed("\(name) lacks dtype, shape or data_offsets") }
        entries.append(entry)
    }

    private mutating func object(_ member: (inout SafetensorsHeader, String) throws -> Void) throws {
        try expect("{")
        if take("}") { return }
        repeat {
            let key = try string()
            try expect(":")
            try member(&self, key)
        } while take(",")
        try expect("}")
    }

    private mutating func integers() throws -> [Int] {
        try expect("[")
        var values: [Int] = []
        if take("]") { return values }
        repeat {
            blanks()
            let start = position
            while position < bytes.endIndex, (48...57).contains(bytes[position]) { position += 1 }
            guard let value = Int(String(decoding: bytes[start..<position], as: UTF8.self)) else {
                throw malformed("a whole number is missing or too large")
            }
            values.append(value)
        } while take(",")
        try expect("]")
        return values
    }

    private mutating func string() throws -> String {
        try expect("\"")
        var text: [UInt8] = []
        while position < bytes.endIndex {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let result = String(validating: text, as: UTF8.self) else {
                    throw malformed("a name is not UTF-8")
                }
                return result
            case UInt8(ascii: "\\"): try text.append(contentsOf: escape())
            case ..<0x20: throw malformed("a name holds a control character")
            default: text.append(byte)
            }
        }
        throw malformed("a name never ends")
    }

    private mutating func escape() throws -> [UInt8] {
        guard position < bytes.endIndex else { throw malformed("a name never ends") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "u"):
            guard position + 4 <= bytes.endIndex,
                let code = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(code)
            else { throw malformed("a name has a broken or paired \\u escape") }
            position += 4
            return Array(String(Character(scalar)).utf8)
        default: throw malformed("a name has an unknown escape")
        }
    }

    private mutating func blanks() {
        while position < bytes.endIndex, [9, 10, 13, 32].contains(bytes[position]) { position += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        blanks()
        guard position < bytes.endIndex, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws {
        guard take(character) else { throw malformed("its header lacks a \(character)") }
    }
}
