import Federation
import Ledger

/// Invariant 2: what a release costs is journalled, and stands in the commitment, before anything of it is sent.
struct SpendChecker: SwarmChecker {
    static let invariant = "spend before release"

    private var spends: [Int: [UInt32: PrivacySpend]] = [:]
    private var written: [Int: Set<UInt32>] = [:]

    mutating func observe(_ observation: SwarmObservation) -> String? {
        switch observation {
        case .wrote(let member, .contributed(let round, .success)):
            written[member, default: []].insert(round)
        case .hospital(let member, .persist(.contributed(let round, _, _, let spend)), _):
            if let latest = spends[member]?.filter({ $0.key < round }).values.map(\.steps).max(),
                spend != .none, spend.steps <= latest
            {
                return "hospital-\(member) spent nothing more in round \(round) than before it"
            }
            spends[member, default: [:]][round] = spend
        case .said(.hospital(let member), _, let message, _):
            guard let round = message.releasedRound else { return nil }
            guard written[member]?.contains(round) == true, let spend = spends[member]?[round] else {
                return "hospital-\(member) sent of its contribution to round \(round) before its cost was written down"
            }
            if case .submit(.commit(let commitment), _) = message, commitment.spend != spend {
                return "hospital-\(member) committed to another spend in round \(round) than it wrote down"
            }
        default: break
        }
        return nil
    }
}

extension Message {
    /// The round of whose contribution this is a part; nil for other messages.
    var releasedRound: UInt32? {
        switch self {
        case .sealedShare(let round, _), .upload(let round, _): round
        case .submit(.commit(let commitment), _): commitment.round
        default: nil
        }
    }
}
