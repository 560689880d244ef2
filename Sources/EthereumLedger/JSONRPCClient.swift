import Foundation

/// JSON-RPC 2.0 over any transport.
package struct JSONRPCClient: Sendable {
    /// An error object of the node.
    package struct NodeError: Error, Hashable, Sendable {
        package let code: Int
        package let message: String
        /// Revert data, where the node gives them.
        package let data: [UInt8]?
    }

    package let transport: any JSONRPCTransport

    package init(_ transport: any JSONRPCTransport) { self.transport = transport }

    private struct Request: Encodable {
        let jsonrpc = "2.0"
        let id = 1
        let method: String
        let params: [JSONValue]
    }

    /// The result of `method`.
    /// - Throws: `NodeError` for an error that the node states, `ChainError` `.unreachable` for no answer.
    package func call(_ method: String, _ parameters: [JSONValue] = []) throws -> JSONValue {
        let request = try JSONEncoder().encode(Request(method: method, params: parameters))
        let bytes = try transport.exchange([UInt8](request))
        guard let answer = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else {
            throw ChainError(.unreachable, "\(transport.name) answers \(method) with something that is no JSON")
        }
        if let error = answer["error"], error != .null {
            var code = 0
            if case .number(let number)? = error["code"] { code = Int(exactly: number) ?? 0 }
            throw NodeError(
                code: code, message: error["message"]?.text ?? "no message",
                // Some nodes nest the data once more.
                data: error["data"]?.data ?? error["data"]?["data"]?.data)
        }
        guard let result = answer["result"] else {
            throw ChainError(.unreachable, "\(transport.name) answers \(method) with neither result nor error")
        }
        return result
    }

    /// The result as a quantity.
    package func quantity(_ method: String, _ parameters: [JSONValue] = []) throws -> UInt64 {
        guard let quantity = try call(method, parameters).quantity else {
            throw ChainError(.nodeError, "\(transport.name) answers \(method) with no number of 64 bits")
        }
        return quantity
    }
}
