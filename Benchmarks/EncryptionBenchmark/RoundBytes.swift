import Federation
import HomomorphicEncryption
import Ledger
import MultipartyEncryption
import SecureAggregation

/// What travels in one round, counted on encoded messages.
struct RoundBytes: Codable {
    let dimension: Int
    let members: Int
    let threshold: Int
    let parameterSet: String
    let fields: Int
    let blocks: Int
    let securityBitsClassical: Int
    let securityBitsQuantum: Int
    let ciphertext: Int
    let bitsPerParameter: Double
    /// All shares that one hospital deals, sealed.
    let sealedShares: Int
    /// What one hospital sends in the consistency and sketch openings about all dealers, and in the opening of the sum.
    let sketchOpening: Int
    let sumOpening: Int
    /// Chunks with their paths that one hospital fetches to check its blocks, and its report.
    let blockCheckFetched: Int
    let blockReport: Int

    init(
        _ federation: BenchmarkFederation, dealing: Dealing, sealed: [[UInt8]], families: SketchFamilies
    ) throws {
        let parameters = federation.parameters
        let everyone = 0..<parameters.members
        dimension = parameters.dimension
        members = parameters.members
        threshold = federation.sharing.threshold
        parameterSet = parameters.name
        fields = parameters.fields
        blocks = parameters.blocks
        (securityBitsClassical, securityBitsQuantum) = parameters.securityBits
        ciphertext = parameters.ciphertextBytes
        bitsPerParameter = Double(8 * parameters.ciphertextBytes) / Double(parameters.dimension)
        sealedShares = sealed.enumerated().reduce(0) { total, share in
            let message = Message.sealedShare(
                round: 1, SealedShare(dealer: 0, recipient: share.offset, bytes: share.element))
            return total + message.encoded.count
        }
        let share = dealing.share(for: 0)
        let challenge = ConsistencyChallenge(parameters: parameters, beacon: federation.beacon)
        let consistency = challenge.answer(share)
        let sketch = families.answer(share)
        sketchOpening =
            Message.answers(
                OpeningAnswers(
                    round: 1, consistency: Dictionary(uniqueKeysWithValues: everyone.map { ($0, consistency) }),
                    sketches: Dictionary(uniqueKeysWithValues: everyone.map { ($0, sketch) }))
            ).encoded.count
        let keyShareSum = KeyShareSum(summing: [share], parameters: parameters)
        sumOpening =
            Message.keyShareSum(round: 1, accepted: Array(everyone), bytes: keyShareSum.bytes).encoded.count

        // Each block has c + 1 checkers; the busiest hospital checks this many.
        let assigned = (parameters.blocks * (federation.corruptible + 1) + members - 1) / members
        let tree = ChunkTree(dealing.update.blocks)
        let evidence = (0..<assigned).map { ChunkEvidence(member: 0, proof: tree.proof(of: $0)) }
        let fetched = everyone.flatMap { member in evidence.map { ChunkEvidence(member: member, proof: $0.proof) } }
        blockCheckFetched = Message.chunks(round: 1, fetched).encoded.count
        let observed = evidence.map { chunkDigest($0.chunk) }
        blockReport =
            LedgerEntry.report(
                round: 1, blocks: evidence.map(\.index), agrees: true, observed: observed
            ).encoded.count
    }
}
