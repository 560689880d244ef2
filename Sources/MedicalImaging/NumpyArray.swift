/// A NumPy `.npy` array of unsigned bytes or integers (format versions 1 to 3), in C order.
struct NumpyArray {
    let shape: [Int]
    /// Width of one element in bytes.
    let itemBytes: Int
    let isSigned: Bool
    let bytes: ArraySlice<UInt8>

    init(_ content: [UInt8], name: String) throws {
        func damaged(_ why: String) -> ImagingError {
            ImagingError(.corruptArchive, "The array \(name) cannot be read: \(why).")
        }
        guard content.count >= 12, content.starts(with: [0x93] + Array("NUMPY".utf8)) else {
            throw damaged("it does not begin as a .npy file")
        }
        let wide = content[6] >= 2
        let lengthBytes = wide ? 4 : 2
        let headerCount = content[8..<8 + lengthBytes].reversed().reduce(0) { $0 << 8 | Int($1) }
        let start = 8 + lengthBytes + headerCount
        guard start <= content.count else { throw damaged("it ends too early") }
        let header = String(decoding: content[(8 + lengthBytes)..<start], as: UTF8.self)
        guard let description = Self.value(of: "descr", in: header)?.split(separator: "'").first,
            let order = Self.value(of: "fortran_order", in: header), order.hasPrefix("False"),
            let list = Self.value(of: "shape", in: header)?.dropFirst().split(separator: ")").first
        else { throw damaged("its header is not understood, or the array is in Fortran order") }
        let shape = list.split(separator: ",").compactMap { Int(trimmed(String($0))) }
        let parts = Array(description.utf8)
        let kinds = [UInt8(ascii: "u"), UInt8(ascii: "i")]
        guard parts.count == 3, parts[0] != UInt8(ascii: ">"), kinds.contains(parts[1]),
            [1, 2, 4, 8].contains(Int(parts[2]) - 48)
        else { throw damaged("elements of type \(description) are not supported, integers are") }
        itemBytes = Int(parts[2]) - 48
        isSigned = parts[1] == UInt8(ascii: "i")
        self.shape = shape
        bytes = content[start...]
        var size = itemBytes
        for extent in shape {
            let (product, overflow) = size.multipliedReportingOverflow(by: extent)
            guard !overflow, extent >= 0 else { throw damaged("its shape is impossible") }
            size = product
        }
        guard size == bytes.count else { throw damaged("shape \(shape) does not match \(bytes.count) bytes") }
    }

    /// Element by position, as a whole number.
    func integer(_ index: Int) -> Int {
        let start = bytes.startIndex + index * itemBytes
        let raw = bytes[start..<start + itemBytes].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let shift = UInt64(64 - 8 * itemBytes)
        return isSigned ? Int(Int64(bitPattern: raw << shift) >> Int64(shift)) : Int(truncatingIfNeeded: raw)
    }

    /// What follows `'key':` in the header's dictionary.
    private static func value(of key: String, in header: String) -> Substring? {
        guard let range = header.firstRange(of: "'\(key)':") else { return nil }
        return header[range.upperBound...].drop(while: { $0 == " " })
    }
}
