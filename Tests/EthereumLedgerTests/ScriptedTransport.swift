import EthereumLedger
import Foundation
import Synchronization

/// A node that says what a test wants it to: for what no real node does on demand, as lost answers and reorganisations.
final class ScriptedTransport: JSONRPCTransport {
    typealias Answer = @Sendable (_ method: String, _ parameters: JSONValue) throws -> JSONValue

    let name = "scripted"
    private let answer: Answer
    private let asked = Mutex<[String]>([])

    init(_ answer: @escaping Answer) { self.answer = answer }

    var methods: [String] { asked.withLock { $0 } }

    func exchange(_ request: [UInt8]) throws -> [UInt8] {
        let question = try JSONDecoder().decode(JSONValue.self, from: Data(request))
        let method = question["method"]?.text ?? ""
        asked.withLock { $0.append(method) }
        let reply = try answer(method, question["params"] ?? .array([]))
        var whole: [String: JSONValue] = ["jsonrpc": .string("2.0"), "id": .number(1)]
        if let error = reply["error"] { whole["error"] = error } else { whole["result"] = reply }
        return [UInt8](try JSONEncoder().encode(JSONValue.object(whole)))
    }
}
