import Ledger
import MultipartyEncryption

/// What the coordinator holds for the round at hand: protected things and public things only.
struct CoordinatorRound: Sendable {
    let number: UInt32
    var uploads: [Int: Upload] = [:]
    /// Commitments that came before all their chunks had.
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
    var candidate: Candidate?

    /// A member's ciphertext: its names, and which of its chunks have come.
    struct Upload: Sendable {
        let names: ChunkNames
        var requests = ChunkRequests()
    }

    /// The model that the opened sum makes.
    struct Candidate: Sendable {
        let model: [Float]
        let digest: Digest
    }

    init(number: UInt32) {
        self.number = number
    }
}
