import Ledger
package import PoisoningDefence

/// What the rounds so far say of planted triggers, and the name under which the latest verdict has it.
package struct SuspicionMemory: Sendable {
    package let suspicion: TriggerSuspicion
    /// Name of the chunk that holds it; nil before the first verdict.
    let name: Digest?

    init() {
        suspicion = TriggerSuspicion()
        name = nil
    }

    init(_ suspicion: TriggerSuspicion) {
        self.suspicion = suspicion
        name = suspicion.name
    }

    /// - Parameter bytes: as a snapshot keeps them; empty before the first verdict.
    /// - Throws: `FederationError(.malformedMessage)`.
    init(bytes: [UInt8]) throws {
        guard !bytes.isEmpty else {
            self.init()
            return
        }
        self.init(try TriggerSuspicion(chunk: bytes))
    }

    /// As a snapshot keeps it.
    var bytes: [UInt8] { name == nil ? [] : suspicion.bytes }
}

extension TriggerSuspicion {
    /// Name of the chunk that holds this.
    var name: Digest { chunkDigest(bytes) }

    /// - Throws: `FederationError(.malformedMessage)` for a chunk that is no suspicion.
    init(chunk: [UInt8]) throws(FederationError) {
        guard let read = TriggerSuspicion(bytes: chunk) else {
            throw FederationError(
                .malformedMessage, "the chunk that a verdict names holds no suspicion that this version can read")
        }
        self = read
    }
}
