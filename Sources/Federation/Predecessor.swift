package import Ledger

/// The federation that an agreement goes on from: its ledger up to where it ended, and the model that it left.
///
/// Who signs the agreement confirms both: a former member from its own copy, a new one by the others' word.
package struct Predecessor: Sendable, Hashable, Codable {
    package let federation: Digest
    /// Records of its ledger up to the end of its last round that ended, and their root (RFC 9162).
    package let ledgerSize: UInt64
    package let ledgerRoot: Digest
    /// The model that it left: the agreement's initial model.
    package let model: Digest
    /// Names of that model's chunks, under which a new member fetches it.
    package let modelChunks: [Digest]

    package init(
        federation: Digest, ledgerSize: UInt64, ledgerRoot: Digest, model: Digest, modelChunks: [Digest]
    ) {
        self.federation = federation
        self.ledgerSize = ledgerSize
        self.ledgerRoot = ledgerRoot
        self.model = model
        self.modelChunks = modelChunks
    }

    /// The end of a ledger.
    ///
    /// - Parameter parameters: of the model that it left.
    /// - Throws: `FederationError(.agreement)` when no round has ended, or this is not the model.
    package init(of log: EndedLedger, parameters: [Float]) throws {
        guard log.endedRounds > 0 else {
            throw FederationError(.agreement, "no round has ended: there is nothing to go on from")
        }
        let tree = ModelChunks.tree(of: parameters)
        guard modelDigestOf(parameters) == log.model else {
            throw FederationError(.agreement, "the model at hand is not the one that the ledger published last")
        }
        self.init(
            federation: log.federation, ledgerSize: log.size, ledgerRoot: log.root, model: log.model,
            modelChunks: tree.names.digests)
    }

    /// Why this cannot stand in an agreement; nil where it can.
    func refusal(initialModel: Digest, dimension: Int) -> String? {
        guard model == initialModel else { return "the initial model is not the one that the predecessor left" }
        guard modelChunks.count == ModelChunks.count(parameters: dimension) else {
            return "the predecessor's model has another size than this agreement's"
        }
        return nil
    }
}
