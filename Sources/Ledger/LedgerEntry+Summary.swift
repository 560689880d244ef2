extension LedgerEntry {
    /// The entry in a few words.
    /// - Parameter names: of the members, by index.
    package func summary(names: [String]) -> String {
        func name(_ member: Int) -> String { names.indices.contains(member) ? names[member] : "member \(member)" }
        let prefix = round.map { "round \($0): " } ?? ""
        switch self {
        case .foundation(let foundation):
            return "founds \(foundation.name), \(foundation.members.count) hospitals, t = \(foundation.threshold)"
        case .recipientKeys(let first, let keys): return "posts one-time keys \(first)…\(Int(first) + keys.count - 1)"
        case .open(let open): return prefix + "opens on model \(open.parentModel.hex.prefix(12))"
        case .commit(let commitment): return prefix + "commits ciphertext \(commitment.ciphertextRoot.hex.prefix(12))"
        case .close: return prefix + "closes the set of commitments"
        case .reveal: return prefix + "reveals its nonce"
        case .complaint(_, let dealer): return prefix + "complains of \(name(dealer))"
        case .justification(_, let recipient, _): return prefix + "publishes the share of \(name(recipient))"
        case .nonceOpening(_, let owner, _): return prefix + "opens the nonce of \(name(owner))"
        case .beacon: return prefix + "draws the beacon"
        case .sketch: return prefix + "posts the opened sketches"
        case .contest(_, let helper, _, _): return prefix + "contests the answer of \(name(helper))"
        case .verdict(let verdict):
            let out = verdict.exclusions.map { "\(name($0.member)) (\($0.reason))" }.joined(separator: ", ")
            return prefix + "\(verdict.accepted.count) accepted"
                + (out.isEmpty ? "" : ", excluded: \(out)") + ", \(verdict.signatures.count) signatures"
        case .sum: return prefix + "posts the opened sum"
        case .report(_, let blocks, let agrees, _):
            return prefix + (agrees ? "confirms" : "REFUTES")
                + " blocks \(blocks.map(String.init).joined(separator: ", "))"
        case .vote(_, _, let approve): return prefix + (approve ? "approves" : "refuses") + " the candidate"
        case .publish(_, let model, _): return prefix + "publishes model \(model.hex.prefix(12))"
        case .rollback(_, let reason, let accused):
            return prefix + "rolled back: \(reason)" + (accused.map { ", accused: \($0)" } ?? "")
        case .abandon(_, let phase, let reason): return prefix + "abandoned in phase \(phase): \(reason)"
        }
    }
}
