package import Ledger

/// The model that the next round starts from.
package struct PublishedModel: Sendable {
    package let parameters: [Float]
    package let digest: Digest
    /// Names of its chunks, under which whoever was away fetches it; none of an initial model, which everybody has.
    package let names: [Digest]

    init(initial parameters: [Float]) {
        self.parameters = parameters
        digest = modelDigestOf(parameters)
        names = []
    }

    /// - Parameters:
    ///   - digest: of these parameters.
    ///   - names: of their chunks.
    init(_ parameters: [Float], digest: Digest, names: [Digest]) {
        self.parameters = parameters
        self.digest = digest
        self.names = names
    }
}
