import Federation
import Ledger

/// Where one simulated party finds chunks: its own, those it fetched, and for the coordinator the run's store.
struct ChunkShelf: ChunkSource {
    /// What the party made itself: ciphertexts of a hospital; sums and models of the coordinator.
    private var kept: [[Digest: [UInt8]]] = []
    private var fetched: [Digest: [UInt8]] = [:]
    private let store: (any BlobStore)?

    /// A model is asked for while the next sum is there already; what is older nobody asks for.
    private static let keptMax = 2

    init(store: (any BlobStore)? = nil) { self.store = store }

    mutating func keep(_ tree: ChunkTree) {
        kept.append(Dictionary(zip(tree.names.digests, tree.chunks)) { first, _ in first })
        if kept.count > Self.keptMax { kept.removeFirst() }
    }

    /// Takes in a chunk from another party.
    mutating func take(_ chunk: [UInt8]) throws {
        if let store {
            try store.put(chunk: chunk)
        } else {
            fetched[chunkDigest(chunk)] = chunk
        }
    }

    /// Writes a complete ciphertext to the run's store, for auditors.
    func list(_ names: ChunkNames) throws {
        for name in names.digests {
            if let own = own(name) { try store?.put(chunk: own) }
        }
        try store?.put(list: names)
    }

    /// Forgets what was fetched for a round that is over.
    mutating func forget() { fetched = [:] }

    func chunk(_ name: Digest) throws -> [UInt8] {
        if let here = own(name) ?? fetched[name] { return here }
        guard let store else { throw SimulationError(.internalFailure, "a party lost chunk \(name.hex)") }
        return try store.chunk(name)
    }

    private func own(_ name: Digest) -> [UInt8]? { kept.lazy.compactMap { $0[name] }.first }
}
