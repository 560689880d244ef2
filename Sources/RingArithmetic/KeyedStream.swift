internal import Crypto
internal import CryptoExtras
internal import Foundation

/// The keystream of AES-256 in counter mode from counter 0: the one pseudo-random function of every derivation.
///
/// The AES key is `SHA-256("cordon/stream/v1", key, label, indices…)`, length-prefixed. The bytes do not depend on the
/// sizes of the calls that read them.
package struct KeyedStream: CryptographicGenerator {
    private static let zeros = [UInt8](repeating: 0, count: 1 << 16)
    private static let bufferBytes = 1024

    private let key: SymmetricKey
    private var counter: UInt64 = 0
    private var buffer: [UInt8] = []
    private var position = 0

    package init(key: [UInt8], label: String) {
        self.init(key: key, label: label, indices: [])
    }

    package init(key: [UInt8], label: String, indices: [UInt64]) {
        var transcript = TranscriptHash(domain: "cordon/stream/v1")
        transcript.append(key)
        transcript.append(Array(label.utf8))
        for index in indices {
            transcript.append(index)
        }
        var digest = transcript.digest()
        self.key = SymmetricKey(data: digest)
        zeroise(&digest)
    }

    package mutating func next() -> UInt64 {
        if buffer.count - position < 8 {
            return fillSlowly(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        let word = buffer.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: UInt64.self) }
        position += 8
        return UInt64(littleEndian: word)
    }

    package mutating func fill(_ bytes: inout [UInt8]) {
        bytes.withUnsafeMutableBytes { fill($0) }
    }

    /// The next `count` bytes.
    package mutating func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { target, initialised in
            fill(UnsafeMutableRawBufferPointer(target))
            initialised = count
        }
    }

    /// Overwrites what the stream still holds; the AES key is wiped by its own storage.
    package mutating func erase() {
        zeroise(&buffer)
        buffer = []
        position = 0
    }

    private mutating func fillSlowly(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        fill(&bytes)
        return bytes
    }

    private mutating func fill(_ target: UnsafeMutableRawBufferPointer) {
        var written = drain(into: target)
        let whole = (target.count - written) / 16 * 16
        var left = whole >= Self.bufferBytes ? whole : 0
        while left > 0 {
            let count = Swift.min(left, Self.zeros.count)
            keystream(count, into: UnsafeMutableRawBufferPointer(rebasing: target[written..<written + count]))
            written += count
            left -= count
        }
        while written < target.count {
            refill()
            written += drain(into: UnsafeMutableRawBufferPointer(rebasing: target[written...]))
        }
    }

    private mutating func drain(into target: UnsafeMutableRawBufferPointer) -> Int {
        let count = Swift.min(target.count, buffer.count - position)
        guard count > 0 else { return 0 }
        buffer.withUnsafeBytes { source in
            UnsafeMutableRawBufferPointer(rebasing: target[..<count])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[position..<position + count]))
        }
        position += count
        return count
    }

    private mutating func refill() {
        if buffer.isEmpty {
            buffer = [UInt8](repeating: 0, count: Self.bufferBytes)
        }
        let count = Self.bufferBytes
        var fresh = buffer
        buffer = []
        fresh.withUnsafeMutableBytes { keystream(count, into: $0) }
        buffer = fresh
        position = 0
    }

    /// `target.count` is a multiple of 16 and at most the length of `zeros`.
    private mutating func keystream(_ count: Int, into target: UnsafeMutableRawBufferPointer) {
        var nonceBytes = [UInt8](repeating: 0, count: 16)
        for byte in 0..<8 {
            nonceBytes[15 - byte] = UInt8(truncatingIfNeeded: counter >> (8 * UInt64(byte)))
        }
        do {
            let nonce = try AES._CTR.Nonce(nonceBytes: nonceBytes)
            var stream = try AES._CTR.encrypt(Self.zeros[..<count], using: key, nonce: nonce)
            stream.withUnsafeMutableBytes { source in
                target.copyMemory(from: UnsafeRawBufferPointer(source))
                zeroise(source)
            }
        } catch {
            preconditionFailure("AES-256-CTR refused a 32-byte key and a 16-byte counter: \(error)")
        }
        counter += UInt64(count / 16)
    }
}
