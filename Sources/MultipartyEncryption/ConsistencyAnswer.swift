package import HomomorphicEncryption

/// One recipient's answer to a consistency challenge about one dealer: two values a prime.
package struct ConsistencyAnswer: Sendable, Hashable {
    let values: [UInt64]

    init(values: [UInt64]) {
        self.values = values
    }

    /// - Throws: `SharingError` when the length is wrong or a value is not below its prime.
    package init(bytes: [UInt8], parameters: EncryptionParameters) throws {
        let count = SecretSharing.masksPerPrime * parameters.moduli.count
        guard bytes.count == 8 * count else {
            throw SharingError(.malformedShare, "a consistency answer has \(8 * count) bytes, not \(bytes.count)")
        }
        values = LittleEndianWords.words(bytes[...])
        guard values.enumerated().allSatisfy({ $1 < parameters.moduli[$0 / SecretSharing.masksPerPrime] }) else {
            throw SharingError(.malformedShare, "a consistency answer has a value that is not below its prime")
        }
    }

    /// The values, prime by prime, 8 bytes each, little endian.
    package var bytes: [UInt8] { LittleEndianWords.bytes(values) }
}
