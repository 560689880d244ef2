/// Carries one JSON-RPC request to a node and its answer back.
package protocol JSONRPCTransport: Sendable {
    /// - Throws: `ChainError` `.unreachable`.
    func exchange(_ request: [UInt8]) throws -> [UInt8]

    /// The node in words, without credentials.
    var name: String { get }
}
