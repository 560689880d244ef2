import RingArithmetic
import Testing

@Suite struct KeyedStreamTests {
    private func stream() -> KeyedStream { KeyedStream(key: Array("key".utf8), label: "label", indices: [1, 2]) }

    /// Known answer of Tests/Vectors/stream_vectors.py (OpenSSL through cryptography 50.0.2).
    @Test func bytesEqualThoseOfOpenSSL() {
        var source = stream()
        let bytes = source.bytes(70_000)
        let hexadecimal = { (part: ArraySlice<UInt8>) in
            part.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        }
        #expect(hexadecimal(bytes.prefix(16)) == "19568183c97da9813de9f48d5102241c")
        #expect(hexadecimal(bytes.suffix(16)) == "6bb3fb44fa772957e646dc9504da1f45")
    }

    @Test func bytesDoNotDependOnHowTheyAreRead() {
        var whole = stream()
        let expected = whole.bytes(20_000)
        var parts = stream()
        var bytes: [UInt8] = []
        for size in [1, 7, 1024, 15, 16, 5000, 3, 1025, 4096, 8, 8805] {
            bytes += parts.bytes(size)
        }
        #expect(bytes == expected)
        var words = stream()
        let read = (0..<200).flatMap { _ -> [UInt8] in
            let word = words.next()
            return (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
        }
        #expect(read == Array(expected.prefix(1600)))
    }

    @Test func labelsIndicesAndKeysSeparate() {
        let streams = [
            KeyedStream(key: [1], label: "a", indices: []), KeyedStream(key: [1], label: "b", indices: []),
            KeyedStream(key: [2], label: "a", indices: []), KeyedStream(key: [1], label: "a", indices: [0]),
            KeyedStream(key: [], label: "\u{1}a", indices: []), KeyedStream(key: [1, 97], label: "", indices: []),
        ]
        let starts = streams.map { stream -> [UInt8] in
            var copy = stream
            return copy.bytes(16)
        }
        #expect(Set(starts).count == streams.count)
    }

    @Test func theSystemGeneratorFillsEveryByte() {
        var generator = SystemRandomNumberGenerator()
        // Each of 29 bytes is zero in all of 40 draws with probability 2^-320.
        var seen = [UInt8](repeating: 0, count: 29)
        for _ in 0..<40 {
            var bytes = [UInt8](repeating: 0, count: 29)
            generator.fill(&bytes)
            seen = zip(seen, bytes).map { $0 | $1 }
        }
        #expect(seen.allSatisfy { $0 != 0 })
    }

    @Test func zeroisedBytesAreZero() {
        var bytes: [UInt8] = [1, 2, 3]
        zeroise(&bytes)
        #expect(bytes == [0, 0, 0])
        #expect(constantTimeEquals([1, 2], [1, 2]))
        #expect(!constantTimeEquals([1, 2], [1, 3]))
        #expect(!constantTimeEquals([1, 2], [1, 2, 3]))
    }
}
