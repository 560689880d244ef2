import Ethereum
import Foundation

/// What other implementations made of the same inputs: `Tests/Vectors/ethereum_vectors.py`.
struct EthereumVectors: Decodable {
    struct Transaction: Decodable {
        let secret: String
        let address: String
        let nonce: UInt64
        let fee: UInt64
        let gas: UInt64
        let to: String?
        let value: UInt64
        let data: String
        let chain: UInt64
        let legacy: String
        let dynamic: String
    }

    let keccak: [[String]]
    let transactions: [Transaction]
    let abi: [String: String]
    let rlp: [String: String]

    static func load() throws -> EthereumVectors {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Vectors/ethereum.json")
        return try JSONDecoder().decode(EthereumVectors.self, from: Data(contentsOf: url))
    }

    /// The bytes of hexadecimal digits that this repository holds itself.
    static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0...$0 + 1]), radix: 16) ?? 0 }
    }
}
