import Federation
import Ledger

/// Honest replicas are prefixes of one ledger. Under a coordinator that shows two histories they are not; but no two
/// honest hospitals ever see different verdicts, sums or models of a round.
struct ReplicaChecker: SwarmChecker {
    static let invariant = "one ledger"

    private struct Decision: Hashable {
        let round: UInt32
        let kind: String
    }

    private let isCoordinatorHonest: Bool
    private var records: [LedgerRecord] = []
    private var decisions: [Decision: Digest] = [:]

    init(isCoordinatorHonest: Bool) { self.isCoordinatorHonest = isCoordinatorHonest }

    mutating func observe(_ observation: SwarmObservation) -> String? {
        guard case .adopted(let party, let fresh) = observation else { return nil }
        for record in fresh {
            if isCoordinatorHonest {
                let index = Int(record.index)
                if index == records.count { records.append(record) }
                guard index < records.count, records[index] == record else {
                    return "\(party) has another entry \(index) than the rest"
                }
            } else if case .hospital = party, let problem = decide(record, party) {
                return problem
            }
        }
        return nil
    }

    private mutating func decide(_ record: LedgerRecord, _ party: SwarmParty) -> String? {
        let decision: Decision
        let digest: Digest
        switch try? record.entry() {
        case .verdict(let verdict)?:
            decision = Decision(round: verdict.round, kind: "verdict")
            digest = Digest.of(verdict.accepted.map { UInt8($0) }, domain: "accepted")
        case .sum(let round, let root, _, _)?: (decision, digest) = (Decision(round: round, kind: "sum"), root)
        case .publish(let round, let model, _)?: (decision, digest) = (Decision(round: round, kind: "model"), model)
        default: return nil
        }
        let first = decisions[decision] ?? digest
        decisions[decision] = first
        return first == digest ? nil : "\(party) has another \(decision.kind) of round \(decision.round) than the rest"
    }
}
