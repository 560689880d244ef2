package import HomomorphicEncryption
package import RingArithmetic

/// The public uniform polynomials `a_{r,b}` of one round, one a block, in evaluation domain.
///
/// Everyone derives them from the federation and the round's seed; they never travel. Cheap to pass.
package struct PublicPolynomials: Sendable {
    package let parameters: EncryptionParameters
    package let packing: IntegerPacking
    private let blocks: Blocks

    private final class Blocks: Sendable {
        let polynomials: [Polynomial<EvaluationDomain>]

        init(_ polynomials: [Polynomial<EvaluationDomain>]) {
            self.polynomials = polynomials
        }
    }

    package init(parameters: EncryptionParameters, federation: [UInt8], seed: [UInt8]) {
        self.parameters = parameters
        packing = parameters.makePacking()
        var transcript = TranscriptHash(domain: "cordon/public-polynomials/v1")
        transcript.append(federation)
        transcript.append(seed)
        let key = transcript.digest()
        blocks = Blocks(
            (0..<parameters.blocks).map { block in
                Polynomial(
                    publicStream: { prime in
                        KeyedStream(
                            key: key, label: "cordon/public-polynomial/v1", indices: [UInt64(block), UInt64(prime)])
                    }, ring: parameters.ring)
            })
    }

    package subscript(block: Int) -> Polynomial<EvaluationDomain> { blocks.polynomials[block] }
}
