/// A hospital's line to the coordinator that is cut for a while, one way or both.
struct SwarmPartition: Sendable {
    enum Direction: String, Sendable, CaseIterable {
        case fromHospital, toHospital, both
    }

    let member: Int
    let direction: Direction
    /// Milliseconds since the beginning.
    let from: UInt64
    let until: UInt64

    func cuts(_ party: SwarmParty, at time: UInt64) -> Bool {
        guard (from..<until).contains(time) else { return false }
        switch party {
        case .hospital(let sender): return sender == member && direction != .toHospital
        case .coordinator: return direction != .fromHospital
        }
    }
}
