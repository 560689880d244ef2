/// A transaction before it is signed; amounts are in wei.
package struct EthereumTransaction: Hashable, Sendable {
    /// What is offered for gas.
    package enum Fee: Hashable, Sendable {
        /// EIP-155, for chains without a base fee; 0 where gas is free.
        case legacy(gasPrice: UInt64)
        /// EIP-1559.
        case dynamic(maximumPerGas: UInt64, maximumPriorityPerGas: UInt64)
    }

    package let chainIdentifier: UInt64
    package let nonce: UInt64
    package let fee: Fee
    package let gasLimit: UInt64
    /// Nil creates a contract.
    package let recipient: EthereumAddress?
    package let value: UInt64
    package let data: [UInt8]

    package init(
        chainIdentifier: UInt64, nonce: UInt64, fee: Fee, gasLimit: UInt64, recipient: EthereumAddress?,
        value: UInt64 = 0, data: [UInt8]
    ) {
        self.chainIdentifier = chainIdentifier
        self.nonce = nonce
        self.fee = fee
        self.gasLimit = gasLimit
        self.recipient = recipient
        self.value = value
        self.data = data
    }

    /// The bytes that a node takes.
    package func signed(by account: EthereumAccount) -> [UInt8] {
        let signature = account.sign(signingHash)
        let (r, s) = (RLPItem.integer(signature.r), RLPItem.integer(signature.s))
        let parity = UInt64(signature.recoveryIdentifier)
        switch fee {
        case .legacy:
            return RLPItem.list(fields + [.integer(parity + 35 + 2 * chainIdentifier), r, s]).encoded
        case .dynamic:
            return [2] + RLPItem.list(fields + [.integer(parity), r, s]).encoded
        }
    }

    /// What the sender signs.
    package var signingHash: [UInt8] {
        switch fee {
        case .legacy:
            Keccak256.hash(RLPItem.list(fields + [.integer(chainIdentifier), .bytes([]), .bytes([])]).encoded)
        case .dynamic: Keccak256.hash([2] + RLPItem.list(fields).encoded)
        }
    }

    private var fields: [RLPItem] {
        let payment: [RLPItem] = [
            .integer(gasLimit), .bytes(recipient?.bytes ?? []), .integer(value), .bytes(data),
        ]
        switch fee {
        case .legacy(let price): return [.integer(nonce), .integer(price)] + payment
        case .dynamic(let maximum, let priority):
            let head: [RLPItem] = [.integer(chainIdentifier), .integer(nonce), .integer(priority), .integer(maximum)]
            return head + payment + [.list([])]
        }
    }
}
