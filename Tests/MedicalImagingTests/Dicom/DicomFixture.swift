/// Writes small DICOM files, explicit little endian, to try the reader with.
struct DicomFixture {
    private(set) var elements: [(tag: UInt32, bytes: [UInt8])] = []

    /// An image of `rows` × `columns` in 16 bits.
    init(
        rows: Int, columns: Int, values: [UInt16], photometric: String = "MONOCHROME2", bitsStored: Int = 16,
        isSigned: Bool = false
    ) {
        text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.7")
        words(0x0028_0002, [1])
        text(0x0028_0004, "CS", photometric)
        words(0x0028_0010, [UInt16(rows)])
        words(0x0028_0011, [UInt16(columns)])
        words(0x0028_0100, [16])
        words(0x0028_0101, [UInt16(bitsStored)])
        words(0x0028_0102, [UInt16(bitsStored - 1)])
        words(0x0028_0103, [isSigned ? 1 : 0])
        add(0x7FE0_0010, "OW", values.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
    }

    mutating func text(_ tag: UInt32, _ vr: String, _ value: String) {
        let bytes = Array(value.utf8)
        add(tag, vr, bytes.count % 2 == 0 ? bytes : bytes + [vr == "UI" ? 0 : 32])
    }

    mutating func words(_ tag: UInt32, _ values: [UInt16], vr: String = "US") {
        add(tag, vr, values.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
    }

    /// A sequence of one item.
    mutating func sequence(_ tag: UInt32, _ item: DicomFixture.Item) {
        let content = item.elements.sorted { $0.tag < $1.tag }.flatMap(\.bytes)
        add(tag, "SQ", [0xFE, 0xFF, 0x00, 0xE0] + Self.little(content.count, 4) + content)
    }

    struct Item {
        var elements: [(tag: UInt32, bytes: [UInt8])] = []

        mutating func text(_ tag: UInt32, _ vr: String, _ value: String) {
            let bytes = Array(value.utf8)
            elements.append((tag, DicomFixture.element(tag, vr, bytes.count % 2 == 0 ? bytes : bytes + [32])))
        }

        mutating func words(_ tag: UInt32, _ values: [UInt16], vr: String = "US") {
            let bytes = values.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
            elements.append((tag, DicomFixture.element(tag, vr, bytes)))
        }
    }

    /// The file, with preamble and meta header.
    var bytes: [UInt8] {
        let syntax = Self.element(0x0002_0010, "UI", Array("1.2.840.10008.1.2.1".utf8) + [0])
        let meta = Self.element(0x0002_0000, "UL", Self.little(syntax.count, 4)) + syntax
        let body = elements.sorted { $0.tag < $1.tag }.flatMap(\.bytes)
        return [UInt8](repeating: 0, count: 128) + Array("DICM".utf8) + meta + body
    }

    private mutating func add(_ tag: UInt32, _ vr: String, _ value: [UInt8]) {
        elements.removeAll { $0.tag == tag }
        elements.append((tag, Self.element(tag, vr, value)))
    }

    static func element(_ tag: UInt32, _ vr: String, _ value: [UInt8]) -> [UInt8] {
        let head = little(Int(tag >> 16), 2) + little(Int(tag & 0xFFFF), 2) + Array(vr.utf8)
        let isLong = ["OB", "OW", "SQ", "UN", "UT"].contains(vr)
        return head + (isLong ? [0, 0] + little(value.count, 4) : little(value.count, 2)) + value
    }

    static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(value >> (8 * $0) & 255) }
    }
}
