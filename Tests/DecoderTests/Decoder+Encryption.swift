import HomomorphicEncryption
import MultipartyEncryption
import RingArithmetic
import SecureAggregation

extension Decoder {
    /// Everything of the lattice layer that arrives as bytes.
    static func encryption() throws -> [Decoder] {
        let parameters = try EncryptionParameters(
            set: .tiny, dimension: 1217, members: 3, patientLevelPrivacy: false)
        let sharing = try SharingPolicy(members: 3, threshold: 2)
        let polynomials = PublicPolynomials(parameters: parameters, federation: [1], seed: [2])
        let families = SketchFamilies(
            parameters: parameters, polynomials: polynomials, beacon: [UInt8](repeating: 3, count: 32))
        let challenge = ConsistencyChallenge(parameters: parameters, beacon: [UInt8](repeating: 3, count: 32))
        var generator = KeyedStream(key: [4], label: "fuzz dealing")
        let dealing = try Dealing(
            update: (0..<1217).map { Int64($0) }, parameters: parameters, sharing: sharing, polynomials: polynomials,
            context: DealingContext(federation: [1], seed: [2], member: 0), using: &generator)
        let shares = (0..<2).map { dealing.share(for: $0) }
        let recipient = try OneTimeRecipientKey(seed: [UInt8](repeating: 5, count: 32))
        let sealed = try seal(shares[0].bytes, to: recipient.publicKey, info: [6])
        return [
            Decoder("block", dealing.update.blocks) { bytes in
                _ = EncryptedUpdate.isWellFormed(block: bytes, parameters: parameters)
                _ = try EncryptedUpdate(blocks: [bytes, bytes], parameters: parameters)
            },
            Decoder("dealt share", shares.map(\.bytes)) { _ = try DealtShare(bytes: $0, parameters: parameters) },
            Decoder("share commitment", dealing.commitments.map(\.bytes)) { _ = try ShareCommitment(bytes: $0) },
            Decoder("nonce share", shares.map(\.noncePart.bytes)) { bytes in
                let share = try SaltedNonceShare(bytes: bytes)
                _ = reconstructNonce([0: share, 1: share], sharing: sharing, parameters: parameters)
            },
            Decoder("consistency answer", shares.map { challenge.answer($0).bytes }) { bytes in
                let answer = try ConsistencyAnswer(bytes: bytes, parameters: parameters)
                _ = challenge.isConsistent([0: answer, 1: answer, 2: answer], sharing: sharing)
            },
            Decoder("sketch answer", shares.map { families.answer($0).bytes }) { bytes in
                let answer = try SketchAnswer(bytes: bytes, parameters: parameters)
                let linear = try SketchLinearPart(bytes: bytes, parameters: parameters)
                _ = families.open(linear, [0: answer, 2: answer], sharing: sharing)
            },
            Decoder(
                "key share sum", shares.map { KeyShareSum(summing: [$0], parameters: parameters).bytes }
            ) { bytes in
                let sum = try KeyShareSum(bytes: bytes, parameters: parameters)
                _ = KeySum.reconstruct([0: sum, 1: sum], sharing: sharing, parameters: parameters)
            },
            Decoder("sealed share", [sealed]) { _ = try recipient.open($0, info: [6]) },
            Decoder("recipient key", [recipient.publicKey]) { _ = isWellFormedRecipientKey($0) },
        ]
    }
}
