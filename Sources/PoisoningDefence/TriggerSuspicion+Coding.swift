/// The bytes that stand for a suspicion between rounds: equal suspicions have equal bytes, and what is read is either
/// exactly such bytes or nothing.
extension TriggerSuspicion {
    private static let version: Int64 = 1
    /// Members and probes that bytes may speak of: bounds for what is read, far above what is written.
    private static let membersMax = 1024
    private static let probesMax = 4096
    private static let roundsMax = 1 << 20
    private static let digitsMax = 1 << 20

    /// Little-endian 64-bit words: version, rounds, digits, alarm, quarantined (member, measured, bound each), probes,
    /// then a member and its scores, ascending by member.
    package var bytes: [UInt8] {
        var words = [Self.version, Int64(rounds), Int64(digits), isAlarmed ? 1 : 0, Int64(quarantined.count)]
        for exclusion in quarantined { words += [Int64(exclusion.member), exclusion.measured, exclusion.bound] }
        let members = scores.keys.sorted()
        words += [Int64(members.first.flatMap { scores[$0]?.count } ?? 0), Int64(members.count)]
        for member in members { words += [Int64(member)] + (scores[member] ?? []) }
        return words.map(\.littleEndian).withUnsafeBytes { Array($0) }
    }

    /// Reads what `bytes` wrote; nil for anything else.
    package init?(bytes: [UInt8]) {
        guard bytes.count % 8 == 0 else { return nil }
        var words = bytes.withUnsafeBytes { raw in
            stride(from: 0, to: raw.count, by: 8).map {
                Int64(littleEndian: raw.loadUnaligned(fromByteOffset: $0, as: Int64.self))
            }
        }[...]
        func count(_ limit: Int) -> Int? {
            guard let word = words.popFirst(), word >= 0, word <= Int64(limit) else { return nil }
            return Int(word)
        }
        guard words.popFirst() == Self.version, let rounds = count(Self.roundsMax), let digits = count(Self.digitsMax),
            digits > 0,
            let alarm = count(1), let out = count(Self.membersMax), words.count >= 3 * out
        else { return nil }
        var quarantined: [Exclusion] = []
        for _ in 0..<out {
            guard let member = count(Self.membersMax), let measured = words.popFirst(), let bound = words.popFirst()
            else { return nil }
            quarantined.append(
                Exclusion(member: member, reason: .plantedTrigger, measured: measured, bound: bound))
        }
        guard let probes = count(Self.probesMax), let members = count(Self.membersMax),
            words.count == members * (probes + 1), Set(quarantined.map(\.member)).count == out
        else { return nil }
        var scores: [Int: [Int64]] = [:]
        var last = -1
        for _ in 0..<members {
            guard let member = count(Self.membersMax), member > last else { return nil }
            last = member
            let own = Array(words.prefix(probes))
            // A cosine a round at most.
            guard own.allSatisfy({ $0.magnitude <= UInt64(rounds) << 30 }) else { return nil }
            scores[member] = own
            words = words.dropFirst(probes)
        }
        self.init(quarantined: quarantined, isAlarmed: alarm == 1, rounds: rounds, scores: scores, digits: digits)
    }
}
