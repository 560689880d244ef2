import Federation
import Ledger
import MultipartyEncryption
import RingArithmetic
import SecureAggregation

/// A malicious hospital's tongue: says other things than its machine would have it say. Its deeds below that, a bad
/// dealing or a garbage ciphertext, are `ContributionForgery`.
struct SwarmLiar: Sendable {
    let vice: SwarmVice
    private let member: Int
    private let identity: Identity
    private let setting: SwarmSetting
    private var rng: KeyedStream
    private var memory: [[UInt8]] = []
    private var said = 0
    private let silentAfter: Int

    init(_ vice: SwarmVice, member: Int, setting: SwarmSetting, seed: UInt64) {
        self.vice = vice
        self.member = member
        self.setting = setting
        identity = setting.identities[member]
        rng = .simulation(seed: seed, purpose: "liar \(member)")
        silentAfter = Int.random(in: 5...60, using: &rng)
    }

    var forgery: ContributionForgery? {
        switch vice {
        case .badDealer: .badDealer
        case .garbage: .garbage
        default: nil
        }
    }

    /// What it heard, to be said again.
    mutating func hear(_ bytes: [UInt8]) {
        if vice == .replays, memory.count < 64 { memory.append(bytes) }
    }

    /// What it sends where an honest hospital would send this.
    mutating func says(_ envelope: Envelope, _ message: Message) -> [[UInt8]] {
        said += 1
        switch (vice, message) {
        case (.swapsAnswers, .answers(let answers)): return sign(.answers(swapped(answers)))
        case (.falseKeyShare, .keyShareSum(let round, let accepted, let bytes)):
            return sign(.keyShareSum(round: round, accepted: accepted, bytes: bytes.map { _ in 0 }))
        case (.withholdsNonce, .submit(.reveal, _)): return []
        case (.denies, .submit(.vote(let round, let candidate, _), _)):
            return submit(.vote(round: round, candidate: candidate, approve: false))
        case (.denies, .submit(.report(let round, let blocks, true, let observed), _)):
            let denied = observed.map { Digest.of($0.bytes, domain: "another sum") }
            return blocks.indices.flatMap {
                submit(.report(round: round, blocks: [blocks[$0]], agrees: false, observed: [denied[$0]]))
            }
        case (.accuses, .submit(.reveal(let round, _), _)):
            return [envelope.bytes]
                + setting.identities.indices.flatMap { submit(.complaint(round: round, dealer: $0)) }
        case (.replays, _):
            memory.append(envelope.bytes)
            return [envelope.bytes] + (memory.randomElement(using: &rng).map { [$0] } ?? [])
        case (.fallsSilent, _): return said > silentAfter ? [] : [envelope.bytes]
        case (.babbles, _): return [envelope.bytes] + babble(envelope)
        default: return [envelope.bytes]
        }
    }

    private mutating func babble(_ envelope: Envelope) -> [[UInt8]] {
        var bytes = envelope.bytes
        bytes[Int.random(in: 0..<bytes.count, using: &rng)] ^= UInt8.random(in: 1...255, using: &rng)
        let name = Author.member((member + 1) % setting.identities.count)
        let inName = try? Envelope(.have(records: 9_999), from: name, signedBy: identity, in: setting.federation)
        return [bytes, Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &rng)))]
            + [inName?.bytes].compactMap { $0 }
    }

    private func swapped(_ answers: OpeningAnswers) -> OpeningAnswers {
        var sketches = answers.sketches
        let dealers = sketches.keys.sorted()
        if dealers.count > 1 {
            let first = sketches[dealers[0]]
            sketches[dealers[0]] = sketches[dealers[1]]
            sketches[dealers[1]] = first
        }
        return OpeningAnswers(round: answers.round, consistency: answers.consistency, sketches: sketches)
    }

    private func submit(_ entry: LedgerEntry) -> [[UInt8]] {
        guard let signature = try? entry.signature(by: identity, federation: setting.federation) else { return [] }
        return sign(.submit(entry: entry, signature: signature))
    }

    private func sign(_ message: Message) -> [[UInt8]] {
        guard
            let envelope = try? Envelope(
                message, from: .member(member), signedBy: identity, in: setting.federation)
        else { return [] }
        return [envelope.bytes]
    }
}
