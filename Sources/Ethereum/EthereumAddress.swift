/// An account's or a contract's address: the last 20 bytes of a Keccak-256.
package struct EthereumAddress: Hashable, Sendable {
    package static let byteCount = 20

    package let bytes: [UInt8]

    /// Nil unless there are 20 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == EthereumAddress.byteCount else { return nil }
        self.bytes = bytes
    }

    /// The address of the account with this public key, x ‖ y.
    init(publicKey: [UInt8]) { bytes = Array(Keccak256.hash(publicKey)[12...]) }

    /// The address of the contract that this account creates with its transaction of this number.
    package func contract(nonce: UInt64) -> EthereumAddress {
        let digest = Keccak256.hash(RLPItem.list([.bytes(bytes), .integer(nonce)]).encoded)
        return EthereumAddress(exactly: Array(digest[12...]))
    }

    private init(exactly bytes: [UInt8]) { self.bytes = bytes }
}
