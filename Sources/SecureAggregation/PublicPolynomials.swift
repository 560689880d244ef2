package import HomomorphicEncryption
package import RingArithmetic

/// The public uniform polynomials `a_{r,b}` of one round, one a block, in evaluation domain.
///
/// Everyone derives them from the federation and the round's seed; they never travel. Cheap to pass.
package struct PublicPolynomials: Sendable {
    package let parameters: EncryptionParameters
    package let packing: IntegerPacking
    private let key: [UInt8]
    private let kept: Blocks

    private final class Blocks: Sendable {
        let polynomials: [Polynomial<EvaluationDomain>]

        init(_ polynomials: [Polynomial<EvaluationDomain>]) {
            self.polynomials = polynomials
        }
    }

    /// - Parameter keepingBlocks: false derives a block whenever it is read, for updates larger than memory allows.
    package init(parameters: EncryptionParameters, federation: [UInt8], seed: [UInt8], keepingBlocks: Bool = true) {
        self.parameters = parameters
        packing = parameters.makePacking()
        var transcript = TranscriptHash(domain: "cordon/public-polynomials/v1")
        transcript.append(federation)
        transcript.append(seed)
        let key = transcript.digest()
        self.key = key
        kept = Blocks(keepingBlocks ? (0..<parameters.blocks).map { Self.derive($0, key, parameters.ring) } : [])
    }

    package subscript(block: Int) -> Polynomial<EvaluationDomain> {
        precondition((0..<parameters.blocks).contains(block), "blocks are numbered from zero")
        return kept.polynomials.isEmpty ? Self.derive(block, key, parameters.ring) : kept.polynomials[block]
    }

    private static func derive(_ block: Int, _ key: [UInt8], _ ring: RingContext) -> Polynomial<EvaluationDomain> {
        Polynomial(
            publicStream: { prime in
                KeyedStream(key: key, label: "cordon/public-polynomial/v1", indices: [UInt64(block), UInt64(prime)])
            }, ring: ring)
    }
}
