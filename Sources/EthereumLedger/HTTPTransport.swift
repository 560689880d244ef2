import Foundation
import FoundationNetworking
import Synchronization

/// JSON-RPC by HTTP POST. One request at a time; the calling thread waits.
package final class HTTPTransport: JSONRPCTransport {
    private static let timeoutSeconds = 60.0
    private static let answerBytesMax = 1 << 26

    package let name: String
    private let url: URL
    private let session: URLSession

    /// - Parameter text: `http://` or `https://`; only its host is ever shown.
    /// - Throws: `ChainError` `.wrongChain` for anything else.
    package init(url text: String) throws {
        guard let url = URL(string: text), let scheme = url.scheme, scheme == "http" || scheme == "https",
            let host = url.host, !host.isEmpty, url.user == nil
        else {
            throw ChainError(
                .wrongChain, "the address of a node looks like http://127.0.0.1:8545, without a password")
        }
        self.url = url
        name = "\(scheme)://\(host)\(url.port.map { ":\($0)" } ?? "")"
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = Self.timeoutSeconds
        session = URLSession(configuration: configuration)
    }

    deinit { session.invalidateAndCancel() }

    package func exchange(_ body: [UInt8]) throws -> [UInt8] {
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = Data(body)
        let answer = Answer()
        session.dataTask(with: request) { data, response, error in
            answer.give(data, response as? HTTPURLResponse, error)
        }.resume()
        let (data, status, failure) = answer.wait()
        guard let data, let status else {
            throw ChainError(.unreachable, "\(name) does not answer (\(failure ?? "nothing")); is the node running?")
        }
        guard data.count <= Self.answerBytesMax else {
            throw ChainError(.unreachable, "\(name) answers with \(data.count) bytes, more than is ever needed")
        }
        // Some nodes answer errors with a status of their own, and the JSON all the same.
        guard status == 200 || data.first == UInt8(ascii: "{") else {
            throw ChainError(.unreachable, "\(name) answers with HTTP status \(status)")
        }
        return [UInt8](data)
    }

    /// What came back, for a thread that waits for it.
    private final class Answer: Sendable {
        private let came = DispatchSemaphore(value: 0)
        private let content = Mutex<(Data?, Int?, String?)>((nil, nil, nil))

        func give(_ data: Data?, _ response: HTTPURLResponse?, _ error: (any Error)?) {
            content.withLock { $0 = (data, response?.statusCode, error?.localizedDescription) }
            came.signal()
        }

        func wait() -> (Data?, Int?, String?) {
            came.wait()
            return content.withLock { $0 }
        }
    }
}
