/// A chain that cannot be used, or answered what it must not. The message says where and what to do.
package struct ChainError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// No answer, or one that is no JSON-RPC.
        case unreachable
        /// The node answers with an error that is no refusal of the contract.
        case nodeError
        /// The chain is another than expected, holds no such contract, or a key or address is malformed.
        case wrongChain
        /// The sending account cannot pay.
        case noFunds
        /// No final receipt in time.
        case notFinal
        /// The contract refused an entry.
        case refused
        /// What the chain says contradicts what its entries come to.
        case divergence
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "\(code.rawValue): \(message)" }
}
