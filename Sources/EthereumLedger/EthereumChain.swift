package import Ethereum
import Foundation
import Synchronization

/// One account's view of a chain through one node: calls, transactions in their order, receipts once they are final.
package final class EthereumChain: Sendable {
    /// A transaction that is final.
    package struct Receipt: Hashable, Sendable {
        /// The transaction's hash.
        package let transaction: [UInt8]
        package let blockNumber: UInt64
        package let gasUsed: UInt64
        package let contract: EthereumAddress?
        package let succeeded: Bool
    }

    /// When a block counts as final, and how long to wait for it.
    package struct Finality: Hashable, Sendable {
        /// Blocks from the transaction's own on, itself counted: 1 where blocks are final at once (QBFT).
        package let blocks: UInt64
        package let timeoutSeconds: Double
        package let pollSeconds: Double

        package init(blocks: UInt64 = 1, timeoutSeconds: Double = 120, pollSeconds: Double = 0.05) {
            self.blocks = max(blocks, 1)
            self.timeoutSeconds = timeoutSeconds
            self.pollSeconds = pollSeconds
        }
    }

    package let client: JSONRPCClient
    /// What the node says its chain is; signatures are bound to it.
    package let chainIdentifier: UInt64
    private let finality: Finality
    /// The next number of each account's transactions, as far as they went through here.
    private let nonces = Mutex<[EthereumAddress: UInt64]>([:])

    /// - Throws: `ChainError` when the node does not answer.
    package init(_ transport: any JSONRPCTransport, finality: Finality = Finality()) throws {
        let client = JSONRPCClient(transport)
        self.client = client
        self.finality = finality
        chainIdentifier = try Self.naming(client) { try client.quantity("eth_chainId") }
    }

    package func head() throws -> UInt64 { try naming { try client.quantity("eth_blockNumber") } }

    /// Executes a call without a transaction.
    /// - Throws: `RevertedCall` in whichever of the two styles the node tells of a revert.
    package func call(
        _ contract: EthereumAddress, _ data: [UInt8], from sender: EthereumAddress? = nil, at block: UInt64? = nil
    ) throws -> [UInt8] {
        let place = block.map(JSONValue.quantity) ?? .string("latest")
        let question = Self.question(from: sender, to: contract, data: data)
        let result = try revealingReverts { try client.call("eth_call", [question, place]) }
        guard let bytes = result.data else {
            throw ChainError(.nodeError, "\(client.transport.name) answers eth_call with no data")
        }
        if let reason = RevertReason(inResult: bytes) { throw RevertedCall(reason: reason) }
        return bytes
    }

    /// Sends a transaction and waits until it is final.
    /// - Throws: `RevertedCall` if the contract refuses, before anything is sent where the node can tell; `ChainError`.
    package func transact(
        _ account: EthereumAccount, to recipient: EthereumAddress?, data: [UInt8], value: UInt64 = 0
    ) throws -> Receipt {
        let question = Self.question(from: account.address, to: recipient, data: data, value: value)
        let needed = try revealingReverts { try client.call("eth_estimateGas", [question]) }
        // A node that answers reverts as results says what an estimate is worth only by a call.
        guard let estimate = needed.quantity else {
            throw ChainError(.nodeError, "\(client.transport.name) estimates no gas")
        }
        let fee = try currentFee()
        let nonce = try nextNonce(of: account.address)
        let raw = EthereumTransaction(
            chainIdentifier: chainIdentifier, nonce: nonce, fee: fee, gasLimit: estimate + estimate / 4 + 10_000,
            recipient: recipient, value: value, data: data
        ).signed(by: account)
        let receipt: Receipt
        do {
            receipt = try send(raw)
        } catch {
            // Whether it counted is the chain's to say next time.
            nonces.withLock { $0[account.address] = nil }
            throw error
        }
        nonces.withLock { $0[account.address] = nonce + 1 }
        guard receipt.succeeded else {
            guard let recipient else { throw RevertedCall(reason: .unknown) }
            // The reason is what the same call gives on the state before.
            _ = try call(recipient, data, from: account.address, at: receipt.blockNumber - 1)
            throw RevertedCall(reason: .unknown)
        }
        return receipt
    }

    /// Logs of `contract` under any of `topics`, from block to block.
    package func logs(of contract: EthereumAddress, topics: [[UInt8]], from first: UInt64, to last: UInt64) throws
        -> [JSONValue]
    {
        let filter: JSONValue = .object([
            "address": .data(contract.bytes), "topics": .array([.array(topics.map(JSONValue.data))]),
            "fromBlock": .quantity(first), "toBlock": .quantity(last),
        ])
        guard let logs = try naming({ try client.call("eth_getLogs", [filter]) }).elements else {
            throw ChainError(.nodeError, "\(client.transport.name) answers eth_getLogs with no list")
        }
        return logs
    }

    /// The code of a contract, with what its creation fixed.
    package func code(of contract: EthereumAddress) throws -> [UInt8] {
        let code = try naming { try client.call("eth_getCode", [.data(contract.bytes), .string("latest")]) }
        guard let bytes = code.data else {
            throw ChainError(.nodeError, "\(client.transport.name) answers eth_getCode with no data")
        }
        return bytes
    }

    /// Gas that a transaction used.
    package func gasUsed(by transaction: [UInt8]) throws -> UInt64 {
        let receipt = try naming { try client.call("eth_getTransactionReceipt", [.data(transaction)]) }
        guard let gas = receipt["gasUsed"]?.quantity else {
            throw ChainError(.nodeError, "\(client.transport.name) has no receipt of a transaction that left a log")
        }
        return gas
    }

    // MARK: Sending

    private func send(_ raw: [UInt8]) throws -> Receipt {
        let name = Keccak256.hash(raw)
        let deadline = ContinuousClock.now + .seconds(finality.timeoutSeconds)
        try broadcast(raw, name)
        while ContinuousClock.now < deadline {
            if let receipt = try finalReceipt(name) { return receipt }
            Thread.sleep(forTimeInterval: finality.pollSeconds)
        }
        throw ChainError(
            .notFinal,
            "a transaction was sent and is not final after \(Int(finality.timeoutSeconds)) s; does the chain make "
                + "blocks? With fewer than two thirds of its validators it stands still")
    }

    /// Hands the transaction to the node. An answer that got lost is no second transaction: the bytes are the same.
    private func broadcast(_ raw: [UInt8], _ name: [UInt8]) throws {
        for attempt in 0... {
            do {
                _ = try client.call("eth_sendRawTransaction", [.data(raw)])
                return
            } catch let error as JSONRPCClient.NodeError {
                let isKnown = try naming { try client.call("eth_getTransactionReceipt", [.data(name)]) } != .null
                if isKnown || error.message.lowercased().contains("known") { return }
                throw Self.explained(error, client)
            } catch let error as ChainError where error.code == .unreachable && attempt < 3 {
                Thread.sleep(forTimeInterval: finality.pollSeconds * Double(1 << attempt))
            }
        }
    }

    /// The receipt, if its block is deep enough and still the chain's: a receipt may vanish with its block.
    private func finalReceipt(_ name: [UInt8]) throws -> Receipt? {
        let receipt = try naming { try client.call("eth_getTransactionReceipt", [.data(name)]) }
        guard let number = receipt["blockNumber"]?.quantity, let hash = receipt["blockHash"]?.data,
            let status = receipt["status"]?.quantity, let gasUsed = receipt["gasUsed"]?.quantity
        else { return nil }
        guard try head() + 1 >= number + finality.blocks else { return nil }
        let block = try naming { try client.call("eth_getBlockByNumber", [.quantity(number), .boolean(false)]) }
        guard block["hash"]?.data == hash else { return nil }
        return Receipt(
            transaction: name, blockNumber: number, gasUsed: gasUsed,
            contract: receipt["contractAddress"]?.data.flatMap { EthereumAddress(bytes: $0) }, succeeded: status == 1)
    }

    private func nextNonce(of address: EthereumAddress) throws -> UInt64 {
        if let known = nonces.withLock({ $0[address] }) { return known }
        return try naming {
            try client.quantity("eth_getTransactionCount", [.data(address.bytes), .string("pending")])
        }
    }

    /// EIP-1559 where blocks have a base fee, with room for it to double; else the node's gas price, which may be 0.
    private func currentFee() throws -> EthereumTransaction.Fee {
        let block = try naming { try client.call("eth_getBlockByNumber", [.string("latest"), .boolean(false)]) }
        guard let base = block["baseFeePerGas"]?.quantity else {
            return .legacy(gasPrice: try naming { try client.quantity("eth_gasPrice") })
        }
        if base == 0 { return .dynamic(maximumPerGas: 0, maximumPriorityPerGas: 0) }
        let priority = (try? client.quantity("eth_maxPriorityFeePerGas")) ?? 1_000_000_000
        return .dynamic(maximumPerGas: 2 * base + priority, maximumPriorityPerGas: priority)
    }

    // MARK: Errors

    private static func question(
        from sender: EthereumAddress?, to contract: EthereumAddress?, data: [UInt8], value: UInt64 = 0
    ) -> JSONValue {
        var call: [String: JSONValue] = ["data": .data(data)]
        if let sender { call["from"] = .data(sender.bytes) }
        if let contract { call["to"] = .data(contract.bytes) }
        if value > 0 { call["value"] = .quantity(value) }
        return .object(call)
    }

    private func naming<Result>(_ body: () throws -> Result) throws -> Result { try Self.naming(client, body) }

    private static func naming<Result>(_ client: JSONRPCClient, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as JSONRPCClient.NodeError {
            throw explained(error, client)
        }
    }

    private static func explained(_ error: JSONRPCClient.NodeError, _ client: JSONRPCClient) -> ChainError {
        let message = error.message.lowercased()
        if message.contains("insufficient funds") || message.contains("insufficientfunds")
            || message.contains("cannot afford") || message.contains("upfront cost")
            || message.contains("does not have enough balance")
        {
            return ChainError(
                .noFunds,
                "the account that sends has too little for gas: send it some, give another key, or use a chain "
                    + "without fees (\(error.message))")
        }
        return ChainError(.nodeError, "\(client.transport.name) answers: \(error.message) (\(error.code))")
    }

    /// Code 3 and any error with revert data is the contract's answer, not a fault of the node.
    private func revealingReverts(_ body: () throws -> JSONValue) throws -> JSONValue {
        do {
            return try body()
        } catch let error as JSONRPCClient.NodeError {
            if let data = error.data { throw RevertedCall(reason: RevertReason(data)) }
            if error.code == 3 { throw RevertedCall(reason: .unknown) }
            throw Self.explained(error, client)
        }
    }
}

/// A contract that did not do what it was asked.
package struct RevertedCall: Error, Hashable, Sendable {
    package let reason: RevertReason
}
