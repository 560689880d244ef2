import Foundation
import GRPCCore
import Ledger
import SwiftProtobuf

/// What waits to be written to a peer.
enum OutgoingFrame: Sendable {
    case envelope(Digest, [UInt8])
    case wanted([Digest])

    private var frame: Cordon_V1_Frame {
        switch self {
        case .envelope(_, let bytes): .with { $0.envelope = Data(bytes) }
        case .wanted(let names): .with { $0.wanted = .with { $0.names = names.map { Data($0.bytes) } } }
        }
    }

    /// Writes the frames as they come, as fast as the peer takes them.
    static func write(
        _ frames: AsyncStream<OutgoingFrame>, to writer: RPCWriter<Cordon_V1_Frame>, gauge: QueueGauge
    ) async throws {
        for await outgoing in frames {
            try await writer.write(outgoing.frame)
            if case .envelope(let digest, let bytes) = outgoing { gauge.leave(digest, bytes: bytes.count) }
        }
    }
}

extension Cordon_V1_ChunkNames {
    /// The names as digests.
    /// - Throws: `ServiceError(.limit)` for too many, or names that are no digests.
    func digests() throws -> [Digest] {
        guard names.count <= TransportSettings.chunksPerRequestMax else {
            throw ServiceError(
                .limit, "\(names.count) chunks are asked for at once; \(TransportSettings.chunksPerRequestMax) may be")
        }
        return try names.map { name in
            guard name.count == Digest.byteCount else {
                throw ServiceError(.limit, "a chunk's name has \(Digest.byteCount) bytes, not \(name.count)")
            }
            return try Digest(bytes: [UInt8](name))
        }
    }
}
