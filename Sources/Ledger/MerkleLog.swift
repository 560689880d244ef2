import Crypto

/// A Merkle tree over an append-only list (RFC 9162, section 2.1). Every full subtree's hash is kept, so an append
/// costs O(1) amortised hashes and a root or proof O(log n).
package struct MerkleLog: Sendable, Hashable {
    /// levels[k][i]: hash of the full subtree of 2^k leaves that begins at leaf i·2^k.
    private var levels: [[Digest]] = [[]]

    package init() {}

    package init(leafHashes: [Digest]) {
        for hash in leafHashes { append(leafHash: hash) }
    }

    package var size: Int { levels[0].count }

    /// `SHA-256(0x00 ‖ data)`.
    package static func leafHash(_ data: [UInt8]) -> Digest { Digest.sha256(prefix: 0, data) }

    /// `SHA-256(0x01 ‖ left ‖ right)`.
    package static func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
        Digest.sha256([1] + left.bytes + right.bytes)
    }

    package static let emptyRoot = Digest.sha256([])

    package mutating func append(_ data: [UInt8]) { append(leafHash: MerkleLog.leafHash(data)) }

    package mutating func append(leafHash: Digest) {
        levels[0].append(leafHash)
        var level = 0
        while levels[level].count.isMultiple(of: 2) {
            if levels.count == level + 1 { levels.append([]) }
            let count = levels[level].count
            levels[level + 1].append(MerkleLog.nodeHash(levels[level][count - 2], levels[level][count - 1]))
            level += 1
        }
    }

    package var root: Digest { hash(of: 0..<size) }

    /// The root when the log had `size` leaves.
    package func root(size: Int) throws(LedgerError) -> Digest {
        try check(size: size)
        return hash(of: 0..<size)
    }

    /// The path from leaf `index` to the root of the first `size` leaves (RFC 9162, section 2.1.3.1).
    package func inclusionProof(of index: Int, size: Int) throws(LedgerError) -> [Digest] {
        try check(size: size)
        guard (0..<size).contains(index) else {
            throw LedgerError(.invalidProof, "leaf \(index) is not among the first \(size)")
        }
        var proof: [Digest] = []
        var range = 0..<size
        while range.count > 1 {
            let (left, right) = MerkleLog.split(range)
            proof.append(hash(of: left.contains(index) ? right : left))
            range = left.contains(index) ? left : right
        }
        return proof.reversed()
    }

    /// The proof that the first `oldSize` leaves are a prefix of the first `size` (RFC 9162, section 2.1.4.1).
    package func consistencyProof(from oldSize: Int, to size: Int) throws(LedgerError) -> [Digest] {
        try check(size: size)
        guard (0...size).contains(oldSize) else {
            throw LedgerError(.invalidProof, "no proof leads from size \(oldSize) back to \(size)")
        }
        guard oldSize != 0, oldSize != size else { return [] }
        var proof: [Digest] = []
        var range = 0..<size
        while range.upperBound != oldSize {
            let (left, right) = MerkleLog.split(range)
            proof.append(hash(of: oldSize <= left.upperBound ? right : left))
            range = oldSize <= left.upperBound ? left : right
        }
        if range.lowerBound != 0 { proof.append(hash(of: range)) }
        return proof.reversed()
    }

    private func check(size: Int) throws(LedgerError) {
        guard (0...self.size).contains(size) else {
            throw LedgerError(.invalidProof, "the log has \(self.size) leaves, not \(size)")
        }
    }

    /// The largest power of two below the count goes left.
    private static func split(_ range: Range<Int>) -> (left: Range<Int>, right: Range<Int>) {
        let half = 1 << (Int.bitWidth - 1 - (range.count - 1).leadingZeroBitCount)
        let middle = range.lowerBound + half
        return (range.lowerBound..<middle, middle..<range.upperBound)
    }

    private func hash(of range: Range<Int>) -> Digest {
        if range.isEmpty { return MerkleLog.emptyRoot }
        if range.count & (range.count - 1) == 0 {
            let level = range.count.trailingZeroBitCount
            return levels[level][range.lowerBound >> level]
        }
        let (left, right) = MerkleLog.split(range)
        return MerkleLog.nodeHash(hash(of: left), hash(of: right))
    }
}
