import Ethereum
import EthereumLedger
import Ledger
import Synchronization
import Testing

/// What a chain and a network do to a client that no development node does on demand.
@Suite struct EthereumChainTests {
    private static let account = EthereumAccount(secret: [UInt8](repeating: 5, count: 32))
    private static let hash = JSONValue.data([UInt8](repeating: 1, count: 32))
    private static let otherHash = JSONValue.data([UInt8](repeating: 2, count: 32))

    private static func receipt(block: UInt64, _ hash: JSONValue, status: UInt64 = 1) -> JSONValue {
        .object([
            "blockNumber": .quantity(block), "blockHash": hash, "status": .quantity(status), "gasUsed": .quantity(21),
        ])
    }

    /// Answers as a chain would whose head is `head`; `special` comes first.
    private static func chain(
        head: UInt64 = 10, finality: EthereumChain.Finality = .init(timeoutSeconds: 0.5, pollSeconds: 0.001),
        _ special: @escaping @Sendable (_ method: String, _ count: Int) throws -> JSONValue?
    ) throws -> (EthereumChain, ScriptedTransport) {
        let counts = Mutex<[String: Int]>([:])
        let transport = ScriptedTransport { method, _ in
            let count = counts.withLock { counts in
                counts[method, default: 0] += 1
                return counts[method] ?? 0
            }
            if let answer = try special(method, count) { return answer }
            switch method {
            case "eth_chainId": return .string("0x7765656b73")
            case "eth_blockNumber": return .quantity(head)
            case "eth_estimateGas", "eth_gasPrice", "eth_getTransactionCount": return .quantity(0)
            case "eth_getBlockByNumber": return .object(["hash": hash])
            case "eth_sendRawTransaction": return hash
            case "eth_getTransactionReceipt": return receipt(block: 10, hash)
            default: return .null
            }
        }
        return (try EthereumChain(transport, finality: finality), transport)
    }

    private func transact(_ chain: EthereumChain) throws -> EthereumChain.Receipt {
        let account = try #require(Self.account)
        return try chain.transact(account, to: account.address, data: [1])
    }

    @Test func theChainsOwnIdentifierIsTaken() throws {
        #expect(try Self.chain { _, _ in nil }.0.chainIdentifier == 0x77_6565_6b73)
    }

    @Test func aTransactionCountsOnlyAtItsDepth() throws {
        let deep = EthereumChain.Finality(blocks: 3, timeoutSeconds: 2, pollSeconds: 0.001)
        let (chain, transport) = try Self.chain(finality: deep) { method, count in
            // The receipt is there at once; the head moves on with each question.
            method == "eth_blockNumber" ? .quantity(UInt64(9 + count)) : nil
        }
        #expect(try transact(chain).blockNumber == 10)
        #expect(transport.methods.filter { $0 == "eth_blockNumber" }.count == 3, "10, 11, 12")
    }

    @Test func aReceiptOfABlockThatTheChainGaveUpIsNone() throws {
        let (chain, _) = try Self.chain { method, count in
            switch method {
            // First in a block that was reorganised away, then nowhere, then in another.
            case "eth_getTransactionReceipt":
                count == 1
                    ? Self.receipt(block: 10, Self.otherHash) : count == 2 ? .null : Self.receipt(block: 10, Self.hash)
            default: nil
            }
        }
        #expect(try transact(chain).succeeded)
    }

    @Test func aChainThatStandsStillIsNotWaitedForForever() throws {
        let (chain, _) = try Self.chain { method, _ in method == "eth_getTransactionReceipt" ? .null : nil }
        let error = #expect(throws: ChainError.self) { _ = try transact(chain) }
        #expect(error?.code == .notFinal)
    }

    @Test func anAnswerThatGotLostIsAskedAgainWithTheSameBytes() throws {
        let (chain, transport) = try Self.chain { method, count in
            guard method == "eth_sendRawTransaction" else { return nil }
            if count == 1 { throw ChainError(.unreachable, "lost") }
            // The node has it from the first time.
            return .object([
                "error": .object(["code": .number(-32000), "message": .string("already known")])
            ])
        }
        #expect(try transact(chain).succeeded)
        #expect(transport.methods.filter { $0 == "eth_sendRawTransaction" }.count == 2)
        #expect(transport.methods.filter { $0 == "eth_getTransactionCount" }.count == 1, "no second number is used")
    }

    @Test func numbersAreCountedHereAndAskedForAnewAfterAFailure() throws {
        let (chain, transport) = try Self.chain { method, count in
            guard method == "eth_sendRawTransaction", count == 3 else { return nil }
            return .object(["error": .object(["code": .number(-32000), "message": .string("nonce too low")])])
        }
        let (two, refusing) = try Self.chain { method, count in
            switch method {
            case "eth_sendRawTransaction" where count == 2:
                .object(["error": .object(["code": .number(-32000), "message": .string("nonce too low")])])
            case "eth_getTransactionReceipt" where count == 2: .null
            default: nil
            }
        }
        _ = try transact(chain)
        _ = try transact(chain)
        #expect(transport.methods.filter { $0 == "eth_getTransactionCount" }.count == 1)
        _ = try transact(two)
        #expect(throws: ChainError.self) { _ = try transact(two) }
        _ = try transact(two)
        #expect(refusing.methods.filter { $0 == "eth_getTransactionCount" }.count == 2)
    }

    @Test func aTransactionThatWasMinedAndFailedGivesItsReason() throws {
        let data = ABIValue.selector("Refused(uint256)") + ABIValue.word(RefusalCode.overBudget.number)
        for style in [true, false] {
            let (chain, _) = try Self.chain { method, _ in
                switch method {
                case "eth_getTransactionReceipt": Self.receipt(block: 10, Self.hash, status: 0)
                case "eth_call":
                    style
                        ? .data(data)
                        : .object([
                            "error": .object([
                                "code": .number(3), "message": .string("execution reverted"), "data": .data(data),
                            ])
                        ])
                default: nil
                }
            }
            let error = #expect(throws: RevertedCall.self) { _ = try transact(chain) }
            #expect(error?.reason == .refusal(.overBudget))
        }
    }

    @Test func reasonsOfEveryKindAreRead() {
        let text = ABIValue.selector("Error(string)") + ABIValue.encode([.bytes(Array("no".utf8))])
        #expect(RevertReason(text) == .text("no"))
        #expect(RevertReason(inResult: text) == .text("no"))
        #expect(RevertReason(ABIValue.selector("Panic(uint256)") + ABIValue.word(17)) == .panic(17))
        #expect(RevertReason([]) == .unknown)
        #expect(RevertReason(ABIValue.selector("Refused(uint256)") + ABIValue.word(5_000)) == .unknown)
        // A result of whole words is a result, whatever it begins with.
        #expect(RevertReason(inResult: ABIValue.selector("Error(string)") + [UInt8](repeating: 0, count: 28)) == nil)
        for code in RefusalCode.allCases { #expect(RefusalCode(number: code.number) == code) }
    }
}
