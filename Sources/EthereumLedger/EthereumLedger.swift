package import Ethereum
package import Ledger
import Synchronization

/// A federation's ledger on a chain: every entry is executed here, then by the contract, and counts once its block is
/// final.
///
/// The sequencer sends all transactions and pays for them. Each entry bears its author's signature of its account too,
/// a verdict those of its signers: the chain checks these, readers the Ed25519 signatures.
package final class EthereumLedger: Sendable {
    /// Whose accounts sign what in a process that holds them all, or in part.
    package typealias Signing = @Sendable (_ author: Author, _ digest: [UInt8]) throws -> RecoverableSignature

    package let chain: EthereumChain
    package let deployment: LedgerDeployment
    private let sequencer: EthereumAccount
    private let sign: Signing
    private let state: Mutex<State>

    private struct State {
        var replica: FederationContract
        var gas: GasUse
    }

    /// Creates the contract of a new federation on `chain`.
    ///
    /// - Parameters:
    ///   - sequencer: the account that sends and pays.
    ///   - accounts: the coordinator's address and the members', in their order.
    ///   - phaseMilliseconds: how long each of a round's seven phases may take.
    ///   - clockToleranceMilliseconds: how far an entry's instant may lie from its block's; 0 does not compare them.
    ///   - checks: as everywhere: what the contract asks the lattice layer, which no chain executes.
    ///   - sign: signatures of the parties' accounts.
    /// - Throws: `ChainError`.
    package init(
        deployingOn chain: EthereumChain, as sequencer: EthereumAccount, accounts: [EthereumAddress],
        phaseMilliseconds: [UInt64], clockToleranceMilliseconds: UInt64, checks: ContractChecks,
        signing sign: @escaping Signing
    ) throws {
        self.chain = chain
        self.sequencer = sequencer
        self.sign = sign
        let code = LedgerContractCall.deployment(
            sequencer: sequencer.address, accounts: accounts, phaseMilliseconds: phaseMilliseconds,
            clockToleranceMilliseconds: clockToleranceMilliseconds)
        let receipt: EthereumChain.Receipt
        do {
            receipt = try chain.transact(sequencer, to: nil, data: code)
        } catch let error as RevertedCall {
            throw ChainError(.refused, "the chain does not take the contract: \(error.reason)")
        }
        guard let address = receipt.contract else {
            throw ChainError(.nodeError, "the receipt of the contract's creation names no address")
        }
        deployment = LedgerDeployment(
            chainIdentifier: chain.chainIdentifier, contract: "0x" + hexadecimal(address.bytes),
            transaction: "0x" + hexadecimal(receipt.transaction), block: receipt.blockNumber)
        state = Mutex(
            State(replica: FederationContract(checks: checks), gas: GasUse(deployment: receipt.gasUsed)))
    }

    /// Gas used so far.
    package var gas: GasUse { state.withLock { $0.gas } }

    /// Executes `record` here and on the chain; returns when the block that holds it is final.
    ///
    /// - Throws: `Refusal` if the rules do not allow it, `ChainError` `.divergence` if only the chain's do not.
    package func append(_ record: LedgerRecord) throws {
        try state.withLock { state in
            var next = state.replica
            let candidates = next.openRound?.closedSet ?? []
            let events = try next.apply(record)
            let contract = try deployment.address
            guard record.payload.count <= LedgerContractCall.largePayloadBytesMax else {
                throw ChainError(
                    .refused,
                    "entry \(record.index) has \(record.payload.count) bytes; the contract takes "
                        + "\(LedgerContractCall.largePayloadBytesMax)")
            }
            let call = LedgerContractCall.append(
                record, approvals: try approvals(of: record, candidates: candidates, contract),
                outcome: LedgerContractCall.NonceOutcome(of: events, in: next))
            do {
                let receipt = try chain.transact(sequencer, to: contract, data: call)
                state.gas.add(receipt.gasUsed, round: next.round?.number)
            } catch let error as RevertedCall {
                throw ChainError(
                    .divergence,
                    "the contract on the chain refuses entry \(record.index), which the rules allow here "
                        + "(\(error.reason))")
            }
            state.replica = next
        }
    }

    /// The author's signature, then under a verdict those of its signers.
    private func approvals(of record: LedgerRecord, candidates: [Int], _ contract: EthereumAddress) throws
        -> [RecoverableSignature]
    {
        let digest = LedgerContractCall.entryDigest(
            record, chainIdentifier: chain.chainIdentifier, contract: contract)
        var approvals = [try sign(record.author, digest)]
        if case .verdict(let verdict) = try record.entry() {
            let digest = LedgerContractCall.verdictDigest(
                verdict, payload: record.payload, candidates: candidates, chainIdentifier: chain.chainIdentifier,
                contract: contract)
            for signature in verdict.signatures { approvals.append(try sign(.member(signature.member), digest)) }
        }
        return approvals
    }
}
