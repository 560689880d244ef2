import Foundation

/// A model file in the safetensors layout: u64 length of a JSON header, the header padded with blanks to a multiple
/// of eight, then raw little-endian floats.
package struct SafetensorsFile: Hashable, Sendable {
    package struct Tensor: Hashable, Sendable {
        package let name: String
        package let shape: [Int]
        package let values: [Float]
    }

    /// In the order of their data.
    package let tensors: [Tensor]
    package let metadata: [String: String]

    /// The flat parameters, if names and shapes are exactly those of the model.
    package func parameters(for specification: ModelSpecification) throws -> [Float] {
        let byName = Dictionary(tensors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        guard tensors.count == specification.layers.count else {
            throw malformed("it has \(tensors.count) tensors, the model has \(specification.layers.count)")
        }
        return try specification.layers.flatMap { layer -> [Float] in
            guard let tensor = byName[layer.name], tensor.shape == layer.shape else {
                throw malformed("it lacks \(layer.name) of shape \(layer.shape)")
            }
            return tensor.values
        }
    }

    /// Parses a whole file; refuses whatever does not add up, before allocating for it.
    package init(_ bytes: [UInt8]) throws {
        guard bytes.count >= 8 else { throw malformed("it is shorter than its length field") }
        let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(Self.headerLimit), length <= UInt64(bytes.count - 8) else {
            throw malformed("its header of \(length) bytes is longer than the file or the limit")
        }
        let dataStart = 8 + Int(length)
        var header = SafetensorsHeader(bytes[8..<dataStart])
        try header.parse()
        metadata = header.metadata
        let dataCount = bytes.count - dataStart
        var position = 0
        tensors = try header.entries.sorted { ($0.start, $0.end) < ($1.start, $1.end) }.map { entry in
            guard entry.start == position, entry.end >= entry.start, entry.end <= dataCount else {
                throw malformed("the data of \(entry.name) overlap others, leave a gap or pass the end")
            }
            guard entry.type == "F32" else {
                throw malformed("\(entry.name) has type \(entry.type), only F32 is known")
            }
            var size = 4
            for extent in entry.shape {
                let (product, overflow) = size.multipliedReportingOverflow(by: extent)
                guard !overflow else { throw malformed("the shape of \(entry.name) is impossible") }
                size = product
            }
            guard size == entry.end - entry.start else {
                throw malformed("the shape of \(entry.name) does not match its \(entry.end - entry.start) bytes")
            }
            position = entry.end
            let values = bytes.withUnsafeBytes { raw in
                (0..<size / 4).map { index in
                    let offset = dataStart + entry.start + 4 * index
                    return Float(
                        bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
                }
            }
            return Tensor(name: entry.name, shape: entry.shape, values: values)
        }
        guard position == dataCount else { throw malformed("\(dataCount - position) bytes follow the last tensor") }
    }

    /// Longest header accepted.
    static let headerLimit = 16 << 20
}

/// Writes the parameters, named and shaped as `specification.layers`, to a file that replaces any before it whole.
package func writeSafetensors(
    _ parameters: [Float], specification: ModelSpecification, metadata: [String: String], to path: String
) throws {
    let bytes = try encodeSafetensors(parameters, specification: specification, metadata: metadata)
    do {
        try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
        throw TrainingError(
            .unwritableFile, "The model cannot be written to \(path) (\(error.localizedDescription)).")
    }
}

/// Reads a model file. Throws `TrainingError` if it cannot be read or is not sound.
package func readSafetensors(_ path: String) throws -> SafetensorsFile {
    let data: Data
    do {
        data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
        throw TrainingError(.unreadableFile, "The model \(path) cannot be read (\(error.localizedDescription)).")
    }
    return try SafetensorsFile(Array(data))
}

/// The bytes of a model file; same parameters and metadata, same bytes.
package func encodeSafetensors(
    _ parameters: [Float], specification: ModelSpecification, metadata: [String: String]
) throws -> [UInt8] {
    try specification.check(parameters)
    var fields: [String] = []
    if !metadata.isEmpty {
        let pairs = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
        fields.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
    }
    var start = 0
    for layer in specification.layers {
        let end = start + 4 * layer.count
        let shape = layer.shape.map(String.init).joined(separator: ",")
        let description = "{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(start),\(end)]}"
        fields.append("\(quoted(layer.name)):\(description)")
        start = end
    }
    var header = Array("{\(fields.joined(separator: ","))}".utf8)
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    var bytes = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) }
    bytes += header
    bytes.reserveCapacity(bytes.count + 4 * parameters.count)
    for value in parameters {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
}

private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        case _ where scalar.value < 0x20:
            let digits = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}

func malformed(_ why: String) -> TrainingError {
    TrainingError(.malformedModelFile, "The file is no sound safetensors model: \(why).")
}
