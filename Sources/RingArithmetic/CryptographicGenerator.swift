/// A generator of uniform bytes fit for secrets: the operating system's, or a keyed stream whose key is secret.
package protocol CryptographicGenerator: RandomNumberGenerator, Sendable {
    /// Overwrites `bytes` with uniform bytes.
    mutating func fill(_ bytes: inout [UInt8])
}

extension SystemRandomNumberGenerator: CryptographicGenerator {
    package mutating func fill(_ bytes: inout [UInt8]) {
        var position = 0
        while position < bytes.count {
            var word = next()
            for _ in 0..<Swift.min(8, bytes.count - position) {
                bytes[position] = UInt8(truncatingIfNeeded: word)
                word >>= 8
                position += 1
            }
        }
    }
}
