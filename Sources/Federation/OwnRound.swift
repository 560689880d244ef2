import Ledger
import MultipartyEncryption

/// What a hospital holds for the round at hand. Erased whole when the round ends, whatever its end.
struct OwnRound: Sendable {
    /// How far this hospital itself has come; each step is taken once.
    enum Progress: Int, Sendable, Comparable {
        case fresh, training, committed, revealed, answering, answered, judging, signed, released, checking, checked
        case validating, voted

        static func < (left: Progress, right: Progress) -> Bool { left.rawValue < right.rawValue }
    }

    let number: UInt32
    /// Index of the one-time key the contract fixed for this hospital; spent whatever becomes of the round.
    let recipientKeyIndex: Int?
    var progress = Progress.fresh
    var secrets: RoundSecrets?
    /// Envelopes of sealed shares by dealer, until the dealer's commitment stands and they can be opened.
    var sealed: [Int: SealedShare] = [:]
    /// Opened shares that match the dealers' commitments, by dealer.
    var shares: [Int: DealtShare] = [:]
    var complaints: Set<Int> = []
    var justified: Set<Int> = []
    var nonceSharesSent = false
    var gathered: GatheredAnswers?
    var gatheredDigest: Digest?
    var isInspecting = false
    /// Helpers whose answers this hospital contests; nil until it has compared them.
    var contested: [Int]?
    /// Contests that the latest judgement asked for takes into account.
    var judgedContests: Int?
    var judgement: Judgement?
    var sumMaterial: (blocks: ChunkNames, answers: [Int: KeyShareSumAnswer])?
    /// Names of the chunks of accepted ciphertexts; each list has the root that its member committed to.
    var ciphertexts: [Int: ChunkNames] = [:]
    var requests = ChunkRequests()
    var reported: Set<UInt32> = []
    var check: SumCheck?
    var candidate: [Float]?
    /// The secrets are erased and this hospital takes no further step in the round.
    var isLapsed = false
    /// Opening 3 as it was given: asked again, the same bytes.
    var release: (accepted: [Int], bytes: [UInt8])?

    init(number: UInt32, recipientKeyIndex: Int?) {
        self.number = number
        self.recipientKeyIndex = recipientKeyIndex
    }

    /// Forgets every secret of the round, and wants nothing more for it.
    mutating func erase() {
        secrets?.erase()
        secrets = nil
        for dealer in Array(shares.keys) { shares[dealer]?.erase() }
        shares = [:]
        sealed = [:]
        requests = ChunkRequests()
    }
}
