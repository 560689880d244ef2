package import HomomorphicEncryption
internal import RingArithmetic

/// Two random combinations a prime of the values of a key share, each hidden by a mask dealt with the commitment.
///
/// Shares that are not on one polynomial of degree `t − 1` pass with probability `q^-2`, about 2^-94, a prime, once
/// more than `t` members answer. The combinations come from the beacon, after every share and mask was committed to.
package struct ConsistencyChallenge: Sendable {
    private let combinations: [Polynomial<EvaluationDomain>]
    private let parameters: EncryptionParameters

    package init(parameters: EncryptionParameters, beacon: [UInt8]) {
        self.parameters = parameters
        combinations = (0..<SecretSharing.masksPerPrime).map { combination in
            Polynomial(
                publicStream: { prime in
                    KeyedStream(
                        key: beacon, label: "cordon/consistency/v1", indices: [UInt64(combination), UInt64(prime)])
                }, ring: parameters.ring)
        }
    }

    /// The combinations of one share, plus its masks.
    package func answer(_ share: DealtShare) -> ConsistencyAnswer {
        let key = share.key
        let dots = combinations.map { $0.dot(key) }
        let masks = share.masks
        let values = parameters.moduli.enumerated().flatMap { prime, modulus in
            dots.indices.map { combination in
                PrimeField(modulus: modulus).add(
                    dots[combination][prime], masks[prime * SecretSharing.masksPerPrime + combination])
            }
        }
        return ConsistencyAnswer(values: values)
    }

    /// True when the answers about one dealer, by recipient, lie on polynomials of degree `t − 1`.
    ///
    /// With exactly `t` answers that is always so and proves nothing; with fewer it is false.
    package func isConsistent(_ answers: [Int: ConsistencyAnswer], sharing: SharingPolicy) -> Bool {
        let values = answers.mapValues(\.values)
        return parameters.moduli.enumerated().allSatisfy { prime, modulus in
            let start = prime * SecretSharing.masksPerPrime
            let rows = values.mapValues { Array($0[start..<start + SecretSharing.masksPerPrime]) }
            let result = Reconstruction.open(rows, policy: sharing, field: PrimeField(modulus: modulus))
            if case .opened = result { return true }
            return false
        }
    }
}
