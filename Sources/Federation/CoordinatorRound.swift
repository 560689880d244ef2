import Ledger
import MultipartyEncryption

/// What the coordinator holds for the round at hand: protected things and public things only.
struct CoordinatorRound: Sendable {
    let number: UInt32
    var uploads: [Int: ChunkTree] = [:]
    /// Commitments that came before their chunks.
    var waitingCommits: [Int: (entry: LedgerEntry, signature: [UInt8])] = [:]
    var answers: [Int: (value: OpeningAnswers, envelope: Envelope)] = [:]
    var nonceShares: [Int: [Int: [UInt8]]] = [:]
    var judging = false
    var gathered: GatheredAnswers?
    var judgement: Judgement?
    /// Contests that the latest judgement asked for takes into account.
    var judgedContests = 0
    /// Signatures under verdicts, by member; a member signs anew after every contest, and messages overtake each other.
    var signatures: [Int: Set<[UInt8]>] = [:]
    var keyAnswers: [Int: (value: KeyShareSumAnswer, envelope: Envelope)] = [:]
    var summing = false
    var sum: OpenedSum?
    /// Blocks whose chunks each member has been sent.
    var chunksSent: [Int: Set<UInt32>] = [:]

    init(number: UInt32) {
        self.number = number
    }

    /// True when nothing of the round has come yet.
    var isFresh: Bool {
        uploads.isEmpty && waitingCommits.isEmpty && answers.isEmpty && nonceShares.isEmpty && signatures.isEmpty
            && keyAnswers.isEmpty && !judging && !summing
    }
}
