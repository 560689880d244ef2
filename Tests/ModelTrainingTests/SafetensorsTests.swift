import Foundation
import Testing

@testable import ModelTraining

@Suite struct SafetensorsTests {
    private func file(_ header: String, data: [UInt8] = []) -> [UInt8] {
        let bytes = Array(header.utf8)
        return (0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) } + bytes + data
    }

    @Test(arguments: ModelKind.allCases) func roundTrip(kind: ModelKind) throws {
        let model = try specification(kind, classCount: 3)
        let parameters = randomParameters(model.parameterCount)
        let metadata = ["task": "chest \"x-ray\"\n", "ünïcode": "\u{1} \\ ✓"]
        let path = NSTemporaryDirectory() + "cordon-\(UUID().uuidString).safetensors"
        defer { unlink(path) }
        try writeSafetensors(parameters, specification: model, metadata: metadata, to: path)
        let read = try readSafetensors(path)
        #expect(try read.parameters(for: model) == parameters)
        #expect(read.metadata == metadata)
        #expect(read.tensors.map(\.name) == model.layers.map(\.name))
        let bytes = try encodeSafetensors(parameters, specification: model, metadata: metadata)
        let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        #expect(length % 8 == 0 && bytes.count == 8 + length + 4 * parameters.count)
        let other = try specification(kind, classCount: 4)
        #expect(throws: TrainingError.self) { _ = try read.parameters(for: other) }
    }

    /// A file by the safetensors package itself; Tests/Vectors/classification-metrics.py made it.
    @Test func readsTheReferenceImplementation() throws {
        struct Vectors: Decodable { let safetensors: String }
        let data = try Data(contentsOf: vectorsFolder().appendingPathComponent("classification-metrics.json"))
        let digits = Array(try JSONDecoder().decode(Vectors.self, from: data).safetensors.utf8)
        let bytes = try stride(from: 0, to: digits.count, by: 2).map { index in
            try #require(UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16))
        }
        let file = try SafetensorsFile(bytes)
        #expect(file.metadata == ["made by": "safetensors", "quote": "a \"b\" \\ é"])
        #expect(
            file.tensors == [
                .init(name: "a", shape: [2, 3], values: [0, 1, 2, 3, 4, 5]),
                .init(name: "b.bias", shape: [2], values: [-1.5, 2.25]),
            ])
        for length in 0..<bytes.count {
            #expect(throws: TrainingError.self) { _ = try SafetensorsFile(Array(bytes[..<length])) }
        }
        #expect(throws: TrainingError.self) { _ = try SafetensorsFile(bytes + [0]) }
    }

    @Test(arguments: [
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"extra":1}}"#,
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#,
        #"{"a":{"dtype":"F32","shape":[2]}}"#,
        #"{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,99999999999999999999]}}"#,
        #"{"__metadata__":{"k":1},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} x"#,
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#,
        #"["a"]"#, "", "{\"a\\", "{\"a\\u12",
    ])
    func unsoundHeadersAreRefused(header: String) {
        let error = #expect(throws: TrainingError.self) {
            _ = try SafetensorsFile(file(header, data: [UInt8](repeating: 0, count: 8)))
        }
        #expect(error?.code == .malformedModelFile)
    }

    @Test func soundHeaderOfTheSameKindPasses() throws {
        let header = #" {"a" : {"dtype":"F32","shape":[2],"data_offsets":[0,8]}}  "#.dropFirst()
        let read = try SafetensorsFile(file(String(header), data: [0, 0, 128, 63, 0, 0, 0, 64]))
        #expect(read.tensors.first?.values == [1, 2])
    }

    @Test func longHeaderClaimsAreRefused() {
        let claim = [UInt8](repeating: 255, count: 8) + Array("{}".utf8)
        #expect(throws: TrainingError.self) { _ = try SafetensorsFile(claim) }
    }

    @Test func filesThatCannotBeWrittenOrReadAreNamed() throws {
        let model = try specification(.scattering)
        let written = #expect(throws: TrainingError.self) {
            try writeSafetensors(
                model.initialParameters(seed: 1), specification: model, metadata: [:], to: "/nowhere/model.safetensors")
        }
        #expect(written?.code == .unwritableFile && written?.message.contains("/nowhere/") == true)
        #expect(throws: TrainingError.self) { _ = try readSafetensors("/nowhere/model.safetensors") }
    }
}
