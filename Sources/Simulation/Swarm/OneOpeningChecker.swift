import Federation
import Ledger

/// Invariant 1: in a round a hospital opens one set of sketches and one sum, and says the same bytes when asked again.
struct OneOpeningChecker: SwarmChecker {
    static let invariant = "one opening"

    private struct Opening: Hashable {
        let member: Int
        let round: UInt32
        let kind: String
    }

    private var given: [Opening: Digest] = [:]

    mutating func observe(_ observation: SwarmObservation) -> String? {
        guard case .said(.hospital(let member), let envelope, let message, _) = observation else { return nil }
        let opening: Opening
        switch message {
        case .answers(let answers): opening = Opening(member: member, round: answers.round, kind: "sketches")
        case .keyShareSum(let round, _, _): opening = Opening(member: member, round: round, kind: "sum")
        case .nonceShares(let round, _): opening = Opening(member: member, round: round, kind: "nonces")
        default: return nil
        }
        let first = given[opening] ?? envelope.digest
        given[opening] = first
        return first == envelope.digest
            ? nil : "hospital-\(member) opened two different \(opening.kind) in round \(opening.round)"
    }
}
