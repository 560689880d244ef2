import Federation
import Ledger

/// No honest hospital is ever excluded, and no honest coordinator accused.
struct BlameChecker: SwarmChecker {
    static let invariant = "no blame for the honest"

    let liars: Set<Int>
    let isCoordinatorHonest: Bool

    mutating func observe(_ observation: SwarmObservation) -> String? {
        guard case .adopted(.hospital, let records) = observation else { return nil }
        for record in records {
            switch try? record.entry() {
            case .verdict(let verdict)?:
                if let exclusion = verdict.exclusions.first(where: { !liars.contains($0.member) }) {
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
