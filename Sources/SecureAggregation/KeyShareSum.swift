package import HomomorphicEncryption
package import MultipartyEncryption
internal import RingArithmetic

/// One helper's answer to the opening of the sum: `Σ_{i∈V}` of its key shares.
package struct KeyShareSum: Sendable, Hashable {
    /// 47-bit residues, rows by prime.
    package let bytes: [UInt8]

    /// The sum of shares that one recipient holds, one a dealer.
    package init(summing shares: [DealtShare], parameters: EncryptionParameters) {
        precondition(!shares.isEmpty && Set(shares.map(\.recipient)).count == 1, "shares of one recipient")
        precondition(Set(shares.map(\.dealer)).count == shares.count, "one share a dealer")
        var sum = Polynomial<EvaluationDomain>(ring: parameters.ring)
        for share in shares {
            sum += share.key
        }
        bytes = sum.packed()
    }

    /// - Throws: `AggregationError` when the length is wrong or a residue is not below its prime.
    package init(bytes: [UInt8], parameters: EncryptionParameters) throws {
        guard Polynomial<EvaluationDomain>(packed: bytes, ring: parameters.ring) != nil else {
            throw AggregationError(
                .malformed,
                "a sum of key shares is \(parameters.blockBytes) bytes of residues below their primes; this has "
                    + "\(bytes.count) bytes")
        }
        self.bytes = bytes
    }
}
