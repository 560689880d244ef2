/// What a ledger on a chain cost, in gas.
package struct GasUse: Hashable, Sendable, Codable {
    /// Creating the contract.
    package let deployment: UInt64
    /// Founding and one-time keys before the first round.
    package private(set) var setUp: UInt64 = 0
    /// By round, from the first on; keys posted in between count to the round before.
    package private(set) var rounds: [UInt64] = []
    package private(set) var transactions = 1

    package init(deployment: UInt64) { self.deployment = deployment }

    package var total: UInt64 { rounds.reduce(deployment + setUp, +) }

    mutating func add(_ gas: UInt64, round: UInt32?) {
        transactions += 1
        guard let round, round > 0 else {
            setUp += gas
            return
        }
        while rounds.count < Int(round) { rounds.append(0) }
        rounds[Int(round) - 1] += gas
    }
}
