package import Ledger

/// Content-addressed chunks on disk, and for each ciphertext the list of its chunks.
///
/// `blobs/ab/ab…` holds the chunk with `chunkDigest` ab…; `roots/cd/cd…` the chunk digests, one a line, of the
/// ciphertext with Merkle root cd….
package struct BlobDirectory: Sendable {
    package let directory: String
    private let durability: Durability

    /// - Parameter directory: the ledger's directory; `blobs` and `roots` are made in it when needed.
    package init(directory: String, durability: Durability = .eachWrite) {
        self.directory = directory
        self.durability = durability
    }

    private func path(_ folder: String, _ digest: Digest) -> String {
        "\(directory)/\(folder)/\(digest.hex.prefix(2))/\(digest.hex)"
    }

    /// Stores `chunk` durably under its digest; storing it again costs nothing.
    package func put(chunk: [UInt8]) throws {
        let name = chunkDigest(chunk)
        if !has(name) { try Files.write(chunk, to: path("blobs", name), durability, isShared: true) }
    }

    /// Keeps a chunk that was checked against its name; it survives a power cut once `flush` has returned.
    package func keep(_ chunk: [UInt8], named name: Digest) throws {
        if !has(name) { try Files.write(chunk, to: path("blobs", name), .atSeal, isShared: true) }
    }

    /// Removes what interrupted writes of an earlier process left behind; called before anybody writes.
    package func removePartialFiles() throws {
        let folder = "\(directory)/blobs"
        guard Files.exists(folder) else { return }
        for path in try Files.list(folder) where path.hasSuffix(Files.partialSuffix) {
            try Files.remove("\(folder)/\(path)")
        }
    }

    /// Makes chunks that were kept durable, many at a time.
    package func flush(_ names: [Digest]) throws {
        let paths = names.map { path("blobs", $0) }
        for path in paths { try Files.synchronise(path) }
        for folder in Set(paths.map(Files.folder)).sorted() { try Files.synchronise(folder) }
    }

    /// Removes every chunk and list that nobody needs any more.
    ///
    /// - Parameters:
    ///   - isNeeded: whether a ciphertext with this root is still needed, with all its chunks.
    ///   - chunks: further chunks that are.
    package func retain(ciphertexts isNeeded: (Digest) -> Bool, chunks: Set<Digest>) throws {
        var needed = chunks
        for root in try digests(in: "roots") {
            if isNeeded(root) {
                needed.formUnion(try names(ofCiphertext: root))
            } else {
                try Files.remove(path("roots", root))
            }
        }
        for chunk in try digests(in: "blobs") where !needed.contains(chunk) { try Files.remove(path("blobs", chunk)) }
    }

    /// The names of the files in a folder; files that an interrupted write left behind are none.
    private func digests(in folder: String) throws -> [Digest] {
        guard Files.exists("\(directory)/\(folder)") else { return [] }
        return try Files.list("\(directory)/\(folder)").compactMap { path in
            path.split(separator: "/").last.flatMap { decodeHexadecimal(String($0)) }.flatMap { try? Digest(bytes: $0) }
        }
    }

    /// Whether the chunk is here and whole. One that a power cut left broken is removed, so that it is fetched again.
    package func holds(_ name: Digest) -> Bool {
        guard has(name) else { return false }
        if (try? chunk(name)) != nil { return true }
        try? Files.remove(path("blobs", name))
        return false
    }

    package func has(_ digest: Digest) -> Bool { Files.exists(path("blobs", digest)) }

    /// The chunk of this name.
    /// - Throws: `StorageError` `.notFound`, or `.corrupt` if the bytes are not the ones stored.
    package func chunk(_ digest: Digest) throws -> [UInt8] {
        let chunk = try Files.read(path("blobs", digest))
        guard chunkDigest(chunk) == digest else {
            throw StorageError(.corrupt, "blob \(digest.hex) does not hold the bytes that its name promises")
        }
        return chunk
    }

    /// Stores the list of a ciphertext's chunks, to be found by its Merkle root, as a commitment carries it.
    package func put(list names: ChunkNames) throws {
        let list = names.digests.map { $0.hex + "\n" }.joined()
        let root = names.root
        if !has(ciphertext: root) { try Files.write(Array(list.utf8), to: path("roots", root), durability) }
    }

    package func has(ciphertext root: Digest) -> Bool { Files.exists(path("roots", root)) }

    /// The chunks of the ciphertext with this root, in order.
    /// - Throws: `StorageError` `.notFound` if the ciphertext or a chunk was not kept, `.corrupt` if the root differs.
    package func chunks(ofCiphertext root: Digest) throws -> [[UInt8]] {
        try names(ofCiphertext: root).map(chunk)
    }

    /// The names of a ciphertext's chunks, in order.
    private func names(ofCiphertext root: Digest) throws -> [Digest] {
        let list = try Files.read(path("roots", root))
        guard let text = String(validating: list, as: UTF8.self), text.isEmpty || text.hasSuffix("\n") else {
            throw StorageError(.corrupt, "the chunk list of ciphertext \(root.hex) is no text")
        }
        var names: [Digest] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            guard let bytes = decodeHexadecimal(String(line)), let digest = try? Digest(bytes: bytes) else {
                throw StorageError(.corrupt, "the chunk list of ciphertext \(root.hex) is malformed")
            }
            names.append(digest)
        }
        guard ChunkNames(names).root == root else {
            throw StorageError(.corrupt, "the chunks listed for ciphertext \(root.hex) have another root")
        }
        return names
    }
}
