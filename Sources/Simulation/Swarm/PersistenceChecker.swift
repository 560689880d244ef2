import Federation
import Ledger

/// Invariant 3: what a message promises is durable before it is sent, whoever dies afterwards.
struct PersistenceChecker: SwarmChecker {
    static let invariant = "persist before send"

    private var records: [Int: Set<JournalRecord>] = [:]
    private var kept: [SwarmParty: Set<Digest>] = [:]

    mutating func observe(_ observation: SwarmObservation) -> String? {
        switch observation {
        case .hospital(let member, .persist(let record), _):
            records[member, default: []].insert(record)
        case .hospital(let member, .keep(let tree), _):
            kept[.hospital(member), default: []].formUnion(tree.names.digests)
        case .coordinator(.keep(let tree), _):
            kept[.coordinator(branch: 0), default: []].formUnion(tree.names.digests)
        case .said(.hospital(let member), _, let message, _):
            return check(message, of: member)
        case .said(.coordinator, _, let message, let disk):
            return check(message, disk)
        default: break
        }
        return nil
    }

    private func check(_ message: Message, of member: Int) -> String? {
        let records = records[member] ?? []
        let isCovered: Bool
        switch message {
        case .answers(let answers):
            isCovered = records.contains {
                if case .answered(answers.round, _, _) = $0 { true } else { false }
            }
        case .keyShareSum(let round, let accepted, _):
            isCovered = records.contains {
                if case .sumShareReleased(round, accepted, _) = $0 { true } else { false }
            }
        case .submit(.commit(let commitment), _):
            isCovered = records.contains {
                if case .contributed(commitment.round, _, commitment.ciphertextRoot, _) = $0 { true } else { false }
            }
        case .upload(_, let names):
            isCovered = kept[.hospital(member), default: []].isSuperset(of: names)
        default:
            isCovered = true
        }
        return isCovered ? nil : "hospital-\(member) said \(message.summary) before that was durable"
    }

    private func check(_ message: Message, _ disk: SwarmDisk) -> String? {
        let isCovered: Bool
        switch message {
        case .records(let records):
            isCovered = records.allSatisfy { record in
                disk.ledger.indices.contains(Int(record.index)) && disk.ledger[Int(record.index)] == record
            }
        case .openedSum(_, let names, _), .model(let names):
            isCovered = kept[.coordinator(branch: 0), default: []].isSuperset(of: names)
        default:
            isCovered = true
        }
        return isCovered ? nil : "the coordinator said \(message.summary) before that was durable"
    }
}
