import CImage
import MedicalImaging

extension Decoder {
    /// NIfTI of both versions and byte orders, and compressed.
    static func nifti() -> Decoder {
        let files = [volume(version: 1, big: false), volume(version: 2, big: false), volume(version: 1, big: true)]
        return Decoder("NIfTI", files + [gzip(files[0])]) { bytes in
            _ = try NiftiVolume(bytes, file: "brain.nii").slice(.middle)
        }
    }

    /// 3 × 4 × 5 values of 16 bits; the axes run to right, front and head.
    private static func volume(version: Int, big: Bool) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: version == 1 ? 352 : 544)
        func put(_ value: UInt64, _ offset: Int, _ width: Int) {
            for index in 0..<width {
                bytes[offset + (big ? width - 1 - index : index)] = UInt8(truncatingIfNeeded: value >> (8 * index))
            }
        }
        func put(_ value: Double, _ offset: Int) {
            version == 1 ? put(UInt64(Float(value).bitPattern), offset, 4) : put(value.bitPattern, offset, 8)
        }
        put(version == 1 ? 348 : 540, 0, 4)
        let width = version == 1 ? 2 : 8
        for (index, count) in [3, 3, 4, 5].enumerated() {
            put(UInt64(count), (version == 1 ? 40 : 16) + width * index, width)
        }
        put(4, version == 1 ? 70 : 12, 2)
        put(16, version == 1 ? 72 : 14, 2)
        put(2, version == 1 ? 112 : 176)
        put(1, version == 1 ? 254 : 348, version == 1 ? 2 : 4)
        for row in 0..<3 { put(1, (version == 1 ? 280 : 400) + (version == 1 ? 20 : 40) * row) }
        if version == 1 {
            bytes.replaceSubrange(344..<348, with: Array("n+1\0".utf8))
        } else {
            bytes.replaceSubrange(4..<12, with: Array("n+2\0\r\n".utf8) + [26, 10])
        }
        return bytes + (0..<120).map { UInt8($0) }
    }

    private static func gzip(_ content: [UInt8]) -> [UInt8] {
        var packed = [UInt8](repeating: 0, count: content.count + 64)
        var count = 0
        _ = cordon_deflate(content, content.count, &packed, packed.count, &count)
        let tail = [cordon_crc32(content, content.count), UInt32(content.count)].flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) }
        }
        return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + packed.prefix(count) + tail
    }
}
