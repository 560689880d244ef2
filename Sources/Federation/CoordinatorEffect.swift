package import Ledger
package import SecureAggregation

/// What the coordinator asks of the world, in order.
package enum CoordinatorEffect: Sendable {
    /// A ledger record, durable before anybody hears of it.
    case record(LedgerRecord)
    /// The chunks of a committed ciphertext or of a sum, kept under its digest for hospitals and auditors.
    case store(ChunkTree)
    case send(Envelope, to: Int)
    case perform(CoordinatorJob)
    case wake(at: Instant)
    /// The model of a round whose publication is on the ledger.
    case publish(round: UInt32, model: [Float])
    /// Every agreed round has ended.
    case finished
    case report(FederationError)
}

/// Slow work of the coordinator: pure computation on what the job carries.
package enum CoordinatorJob: Sendable {
    case judge(ClosedRound, uploads: [Int: [[UInt8]]], answers: [Int: OpeningAnswers])
    /// Anew, with the contests that have come since.
    case judgeAgain(ClosedRound, GatheredAnswers)
    case openSum(ClosedRound, updates: [EncryptedUpdate], keyAnswers: [Int: KeyShareSum], base: [Float], Judgement)
}
