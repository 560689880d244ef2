package import Ledger

/// A published model as bytes: little-endian IEEE 754 single-precision numbers in chunks of at most 1 MiB.
package enum ModelChunks {
    private static let parametersPerChunk = Limits.chunkBytesMax / MemoryLayout<Float>.size

    /// How many chunks a model of so many parameters has.
    static func count(parameters: Int) -> Int { (parameters + parametersPerChunk - 1) / parametersPerChunk }

    package static func tree(of model: [Float]) -> ChunkTree {
        ChunkTree(Array(pieces(of: model)))
    }

    /// The chunks, one after the other.
    static func pieces(of model: [Float]) -> some Sequence<[UInt8]> {
        stride(from: 0, to: model.count, by: parametersPerChunk).lazy.map { start in
            let piece = model[start..<min(start + parametersPerChunk, model.count)]
            let words = piece.map { $0.bitPattern.littleEndian }
            return words.withUnsafeBytes { Array($0) }
        }
    }

    /// Reads a model back.
    ///
    /// - Throws: `FederationError(.missingChunk)`, or `.malformedMessage` when the chunks are not the model of this
    ///   digest.
    package static func model(of names: [Digest], expecting digest: Digest, from chunks: some ChunkSource)
        throws(FederationError) -> [Float]
    {
        var model: [Float] = []
        model.reserveCapacity(names.count * parametersPerChunk)
        for name in names {
            let bytes = try chunks.read(name)
            bytes.withUnsafeBytes { raw in
                for start in stride(from: 0, to: raw.count - raw.count % 4, by: 4) {
                    let word = UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: start, as: UInt32.self))
                    model.append(Float(bitPattern: word))
                }
            }
        }
        guard modelDigestOf(model) == digest else {
            throw FederationError(.malformedMessage, "the model the coordinator sent is not the published one")
        }
        return model
    }
}
