/// A role in a swarm's run. A coordinator that equivocates has two branches.
enum SwarmParty: Sendable, Hashable, CustomStringConvertible {
    case coordinator(branch: Int)
    case hospital(Int)

    var description: String {
        switch self {
        case .coordinator(let branch): branch == 0 ? "coordinator" : "coordinator′"
        case .hospital(let member): "hospital-\(member)"
        }
    }
}
