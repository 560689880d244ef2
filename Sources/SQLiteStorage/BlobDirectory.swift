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

    /// Stores `chunk` durably and returns its name; storing it again costs nothing.
    @discardableResult
    package func put(_ chunk: [UInt8]) throws -> Digest {
        let digest = chunkDigest(chunk)
        if !has(digest) { try Files.write(chunk, to: path("blobs", digest), durability) }
        return digest
    }

    package func has(_ digest: Digest) -> Bool { Files.exists(path("blobs", digest)) }

    /// The chunk of this name.
    /// - Throws: `StorageError` `.notFound`, or `.corrupt` if the bytes are not the ones stored.
    package func get(_ digest: Digest) throws -> [UInt8] {
        let chunk = try Files.read(path("blobs", digest))
        guard chunkDigest(chunk) == digest else {
            throw StorageError(.corrupt, "blob \(digest.hex) does not hold the bytes that its name promises")
        }
        return chunk
    }

    /// Stores all chunks of a ciphertext and returns its Merkle root, as a commitment carries it.
    @discardableResult
    package func put(ciphertext chunks: [[UInt8]]) throws -> Digest {
        let root = merkleRoot(ofChunks: chunks)
        let names = try chunks.map(put)
        let list = names.map { $0.hex + "\n" }.joined()
        if !has(ciphertext: root) { try Files.write(Array(list.utf8), to: path("roots", root), durability) }
        return root
    }

    package func has(ciphertext root: Digest) -> Bool { Files.exists(path("roots", root)) }

    /// The chunks of the ciphertext with this root, in order.
    /// - Throws: `StorageError` `.notFound` if the ciphertext or a chunk was not kept, `.corrupt` if the root differs.
    package func chunks(ofCiphertext root: Digest) throws -> [[UInt8]] {
        let list = try Files.read(path("roots", root))
        guard let text = String(validating: list, as: UTF8.self), text.isEmpty || text.hasSuffix("\n") else {
            throw StorageError(.corrupt, "the chunk list of ciphertext \(root.hex) is no text")
        }
        var chunks: [[UInt8]] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            guard let bytes = decodeHexadecimal(String(line)), let digest = try? Digest(bytes: bytes) else {
                throw StorageError(.corrupt, "the chunk list of ciphertext \(root.hex) is malformed")
            }
            chunks.append(try get(digest))
        }
        guard merkleRoot(ofChunks: chunks) == root else {
            throw StorageError(.corrupt, "the chunks listed for ciphertext \(root.hex) have another root")
        }
        return chunks
    }
}
