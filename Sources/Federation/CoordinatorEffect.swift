package import Ledger
package import PoisoningDefence
package import SecureAggregation

/// What the coordinator asks of the world, in order.
package enum CoordinatorEffect: Sendable {
    /// A ledger record, durable before anybody hears of it.
    case record(LedgerRecord)
    /// Own chunks, durable before the next effect begins: hospitals will ask for them.
    case keep(ChunkTree)
    /// Asks a member for chunks; `fetched` says what has come, in one piece or in several. Whoever carries this out
    /// repeats it for as long as the machine's `wanted` names them.
    case fetch(names: [Digest], from: Int)
    /// All chunks of a committed ciphertext or of a sum are here: auditors look for them by their Merkle root.
    case list(ChunkNames)
    case send(Envelope, to: Int)
    case perform(CoordinatorJob)
    case wake(at: Instant)
    /// The model of a round whose publication is on the ledger.
    case publish(round: UInt32, model: [Float])
    /// Every agreed round has ended.
    case finished
    case report(FederationError)
}

/// Slow work of the coordinator: pure computation on what the job carries and on the chunks it names.
package enum CoordinatorJob: Sendable {
    /// The suspicion is that of the rounds before.
    case judge(ClosedRound, uploads: [Int: ChunkNames], answers: [Int: OpeningAnswers], TriggerSuspicion)
    /// Anew, with the contests that have come since.
    case judgeAgain(ClosedRound, GatheredAnswers, TriggerSuspicion)
    /// `updates`: names of the accepted members' chunks.
    case openSum(ClosedRound, updates: [ChunkNames], keyAnswers: [Int: KeyShareSum], base: [Float], Judgement)
}
