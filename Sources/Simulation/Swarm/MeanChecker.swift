import Federation
import HomomorphicEncryption
import Ledger
import SecureAggregation

/// A published model is its parent plus the mean of what the accepted hospitals trained, to the last bit.
struct MeanChecker: SwarmChecker {
    static let invariant = "the model is the mean"

    private let encryption: EncryptionParameters
    private let clipNorm: Double
    private var models: [Digest: [Float]]
    /// Integers by the root of the ciphertext that holds them.
    private var values: [Digest: [Int64]] = [:]
    private var roots: [UInt32: [Int: Digest]] = [:]
    private var accepted: [UInt32: [Int]] = [:]

    init(_ setting: SwarmSetting) {
        encryption = setting.agreement.encryption
        clipNorm = setting.agreement.clipNorm
        models = [modelDigestOf(setting.initialModel): setting.initialModel]
    }

    mutating func observe(_ observation: SwarmObservation) -> String? {
        switch observation {
        case .trained(_, _, _, let prepared):
            values[prepared.contribution.commitment.ciphertextRoot] = prepared.secrets.values
            return nil
        case .adopted(.hospital, let records):
            for record in records {
                if let entry = try? record.entry(), let problem = follow(entry, by: record.author) { return problem }
            }
            return nil
        default: return nil
        }
    }

    private mutating func follow(_ entry: LedgerEntry, by author: Author) -> String? {
        switch entry {
        case .commit(let commitment):
            if case .member(let member) = author {
                roots[commitment.round, default: [:]][member] = commitment.ciphertextRoot
            }
            return nil
        case .verdict(let verdict):
            accepted[verdict.round] = verdict.accepted
            return nil
        case .publish(let round, let digest, let parent):
            return check(round, digest, over: parent)
        default: return nil
        }
    }

    private mutating func check(_ round: UInt32, _ digest: Digest, over parent: Digest) -> String? {
        guard models[digest] == nil else { return nil }
        let members = accepted[round] ?? []
        let contributions = members.compactMap { roots[round]?[$0] }.compactMap { values[$0] }
        guard let base = models[parent], contributions.count == members.count else {
            return "round \(round) publishes a model of contributions or a parent that nobody made"
        }
        let sum = contributions[0].indices.map { index in contributions.reduce(0) { $0 + $1[index] } }
        let mean = dequantise(
            sum, clipNorm: clipNorm, normBound: encryption.normBound, divisor: Double(contributions.count))
        let model = zip(base, mean).map(+)
        models[digest] = model
        return modelDigestOf(model) == digest ? nil : "round \(round) published another model than the mean"
    }
}
