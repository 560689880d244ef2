import Ledger

/// Chunks that a machine has asked for, and those that have come. Asked for once; who fetches repeats until they come.
struct ChunkRequests: Sendable {
    private var asked: Set<Digest> = []
    private var held: Set<Digest> = []

    /// Those not asked for before, in order, each once.
    mutating func ask(_ names: some Sequence<Digest>) -> [Digest] {
        names.filter { asked.insert($0).inserted }
    }

    /// Notes what has come. What was not asked for does not count.
    mutating func take(_ names: [Digest]) { held.formUnion(names.filter(asked.contains)) }

    func has(_ name: Digest) -> Bool { held.contains(name) }

    /// Asked for and not here yet, in the order of their digests.
    var wanted: [Digest] { asked.subtracting(held).sorted() }

    var isComplete: Bool { held.count == asked.count }
}
