package import Ethereum
import Ledger

/// Where a federation's contract lies. Kept beside the ledger as `chain.json`.
package struct LedgerDeployment: Hashable, Sendable, Codable {
    package let chainIdentifier: UInt64
    /// The contract's address, `0x` and 40 hexadecimal digits.
    package let contract: String
    /// The hash of the transaction that created it, `0x` and 64 digits.
    package let transaction: String
    /// The block that created it: no entry lies before.
    package let block: UInt64

    package init(chainIdentifier: UInt64, contract: String, transaction: String, block: UInt64) {
        self.chainIdentifier = chainIdentifier
        self.contract = contract
        self.transaction = transaction
        self.block = block
    }

    package var address: EthereumAddress {
        get throws {
            guard contract.hasPrefix("0x"), let bytes = decodeHexadecimal(contract.dropFirst(2).lowercased()),
                let address = EthereumAddress(bytes: bytes)
            else {
                throw ChainError(.wrongChain, "\(contract) is no address: 0x and 40 hexadecimal digits are due")
            }
            return address
        }
    }
}
