/// The bytes of a header, and what kind of header they are.
struct NiftiFields {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Version and byte order, from the header's own size; nil for another header.
    var kind: (version: Int, isBigEndian: Bool)? {
        for isBigEndian in [false, true] {
            switch bits(at: 0, width: 4, isBigEndian: isBigEndian) {
            case 348 where hasMagic(344, "n+1") || hasMagic(344, "ni1"): return (1, isBigEndian)
            case 540 where hasMagic(4, "n+2") || hasMagic(4, "ni2"): return (2, isBigEndian)
            default: continue
            }
        }
        return nil
    }

    func isSingleFile(_ version: Int) -> Bool { version == 1 ? hasMagic(344, "n+1") : hasMagic(4, "n+2") }

    private func hasMagic(_ offset: Int, _ text: String) -> Bool {
        bytes.count >= offset + 4 && bytes[offset..<offset + 4].elementsEqual(Array(text.utf8) + [0])
    }

    func bits(at offset: Int, width: Int, isBigEndian: Bool) -> UInt64 {
        guard bytes.count >= offset + width else { return 0 }
        let part = bytes[offset..<offset + width]
        let bits = { (sum: UInt64, byte: UInt8) in sum << 8 | UInt64(byte) }
        return isBigEndian ? part.reduce(0, bits) : part.reversed().reduce(0, bits)
    }
}
