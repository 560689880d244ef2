import Federation
import Ledger

/// No honest hospital is ever excluded, and no honest coordinator accused. One blame the protocol does not prevent
/// (Decision 0007): whom the coordinator shows no answers cannot contest what a liar in league said of it.
struct BlameChecker: SwarmChecker {
    static let invariant = "no blame for the honest"

    let liars: Set<Int>
    let isCoordinatorHonest: Bool

    mutating func observe(_ observation: SwarmObservation) -> String? {
        guard case .adopted(.hospital, let records) = observation else { return nil }
        for record in records {
            switch try? record.entry() {
            case .verdict(let verdict)?:
                let wrong = verdict.exclusions.filter { !liars.contains($0.member) }
                let isSilencing = !isCoordinatorHonest && !liars.isEmpty
                if let exclusion = wrong.first(where: { !isSilencing || $0.reason != .offPolynomial }) {
                    return "hospital-\(exclusion.member) is honest and was excluded: \(exclusion.reason)"
                }
            case .rollback(let round, let reason, .coordinator?)? where isCoordinatorHonest:
                return "the honest coordinator was accused in round \(round): \(reason)"
            default: continue
            }
        }
        return nil
    }
}
