import CImage
import Foundation
import HomomorphicEncryption
import MultipartyEncryption

@testable import MedicalImaging
@testable import ModelTraining

extension Decoder {
    /// Images, archives, arrays, tables, models and JSON.
    static func files() throws -> [Decoder] {
        let images = image(jpeg: false) + image(jpeg: true)
        let array = numpy(shape: "(2, 3)", content: [1, 2, 3, 4, 5, 6])
        let header =
            #"{"__metadata__":{"a":"b"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#.utf8
        let model = little(header.count, 8) + Array(header) + [0, 0, 128, 63, 0, 0, 0, 64]
        let parameters = try EncryptionParameters(
            set: .tiny, dimension: 1217, members: 3, patientLevelPrivacy: false)
        return [
            Decoder("image", images) { _ = try GreyImage(decoding: $0, file: "image") },
            Decoder("zip archive", [zip("a.npy", array)]) { bytes in
                let archive = try ZipArchive(bytes, file: "archive")
                for name in archive.names {
                    _ = try archive.member(name)
                }
            },
            Decoder("numpy array", [array, numpy(shape: "(6,)", content: [1, 2, 3, 4, 5, 6])]) { bytes in
                let array = try NumpyArray(bytes, name: "array")
                for index in 0..<array.bytes.count / array.itemBytes {
                    _ = array.integer(index)
                }
            },
            Decoder("table", [Array("file,label\n\"a,\"\"b\",1\r\nc,2\n".utf8)]) { bytes in
                _ = try DelimitedTable(String(decoding: bytes, as: UTF8.self), file: "table")
            },
            Decoder("safetensors", [model]) { _ = try SafetensorsFile($0) },
            Decoder("encryption parameters", [Array(try JSONEncoder().encode(parameters))]) { bytes in
                _ = try JSONDecoder().decode(EncryptionParameters.self, from: Data(bytes))
            },
            Decoder(
                "sharing policy", [Array(try JSONEncoder().encode(try SharingPolicy(members: 5, threshold: 3)))]
            ) { bytes in
                _ = try JSONDecoder().decode(SharingPolicy.self, from: Data(bytes))
            },
        ]
    }

    private static func image(jpeg: Bool) -> [[UInt8]] {
        let channelCounts: [Int32] = [1, 3]
        return channelCounts.compactMap { channels -> [UInt8]? in
            let sampleCount = 24 * 20 * Int(channels)
            let samples = (0..<sampleCount).map { UInt8($0 % 251) }
            var bytes: UnsafeMutablePointer<UInt8>?
            var count = 0
            let status =
                jpeg
                ? cordon_jpeg_encode(samples, 24, 20, channels, 80, &bytes, &count)
                : cordon_png_encode(samples, 24, 20, 8, channels, &bytes, &count)
            defer { cordon_bytes_free(bytes) }
            return status == 0 ? Array(UnsafeBufferPointer(start: bytes, count: count)) : nil
        }
    }

    private static func numpy(shape: String, content: [UInt8]) -> [UInt8] {
        let header = Array("{'descr': '|u1', 'fortran_order': False, 'shape': \(shape), }\n".utf8)
        let magic: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
        return magic + little(header.count, 2) + header + content
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(value >> (8 * $0) & 255) }
    }

    /// One stored member (APPNOTE 4.3).
    private static func zip(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let checksum = Int(cordon_crc32(content, content.count))
        func joined(_ parts: [[UInt8]]) -> [UInt8] { Array(parts.joined()) }
        let length = little(content.count, 4)
        let common = joined([
            [20, 0, 0, 0, 0, 0, 0, 0, 0, 0], little(checksum, 4), length, length, little(name.utf8.count, 2), [0, 0],
        ])
        let local = joined([little(0x0403_4B50, 4), common, Array(name.utf8), content])
        let zeros = [UInt8](repeating: 0, count: 14)
        let directory = joined([little(0x0201_4B50, 4), [20, 0], common, zeros, Array(name.utf8)])
        return joined([
            local, directory, little(0x0605_4B50, 4), [0, 0, 0, 0, 1, 0, 1, 0], little(directory.count, 4),
            little(local.count, 4), [0, 0],
        ])
    }
}
