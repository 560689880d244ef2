package import Ledger
package import MultipartyEncryption
package import PoisoningDefence

/// What a hospital asks of the world. Effects are carried out in order; a `persist` is durable before the next begins.
package enum HospitalEffect: Sendable {
    case persist(JournalRecord)
    /// Own chunks, durable before the next effect begins: the coordinator will ask for them.
    case keep(ChunkTree)
    /// Asks the coordinator for chunks; `fetched` says what has come, in one piece or in several. Whoever carries this
    /// out repeats it for as long as the machine's `wanted` names them.
    case fetch(names: [Digest])
    case send(Envelope)
    case perform(HospitalJob)
    case wake(at: Instant)
    /// The round's model, published with a ledger inclusion: use it.
    case adopt(round: UInt32, model: [Float])
    /// A failure of its own that the operator should see; nothing secret in it.
    case report(FederationError)
}

/// Slow work of a hospital: pure computation on what the job carries and on the chunks it names.
package enum HospitalJob: Sendable {
    /// The journey of an update (`Journey.swift`).
    case contribute(Announcement, account: PrivacyAccount)
    case answer(ClosedRound, shares: [Int: DealtShare])
    /// Compares the helpers' answers about the own dealing with the shares it dealt.
    case inspect(ClosedRound, GatheredAnswers, dealt: [DealtShare])
    /// The suspicion is that of the rounds before.
    case judge(ClosedRound, GatheredAnswers, TriggerSuspicion)
    case check(SumToCheck)
    case validate(round: UInt32, candidate: [Float], base: [Float])
    /// Puts the chunks of a missed model together.
    case assemble(names: [Digest], expecting: Digest)
    /// Reads the suspicion that a missed verdict names.
    case recall(name: Digest)
}
