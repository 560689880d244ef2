import ArgumentParser
import Ethereum
import EthereumLedger
import Federation
import Foundation
import Ledger
import Report
import Simulation

/// The chain that a run's ledger is executed on.
struct ChainFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "With --ledger evm: a node of the chain, for instance http://127.0.0.1:8545.", valueName: "url"))
    var rpc: String?

    @Option(
        help: ArgumentHelp(
            "File with the secret of the account that pays for gas, 64 hexadecimal digits.",
            discussion: "Without it: one made from the seed, which has funds only where gas costs nothing.",
            valueName: "file"))
    var rpcKey: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Blocks after which a transaction counts as final, its own counted; 1 where blocks are final at once.",
            valueName: "blocks"))
    var rpcDepth: UInt64 = 1

    /// - Throws: `SimulationError` `.usage` for flags that do not go together.
    func check(_ tier: SimulationOptions.LedgerTier) throws {
        guard (rpc != nil) == (tier == .evm) else {
            throw SimulationError(
                .usage, tier == .evm ? "--ledger evm: give a node's --rpc URL" : "--rpc: only --ledger evm uses a chain"
            )
        }
        guard rpcDepth >= 1 else { throw SimulationError(.usage, "--rpc-depth 0: a block is at least its own depth") }
    }

    /// The arguments without what an address may hold beside its host.
    func withoutSecrets(_ arguments: [String]) -> [String] {
        guard let rpc else { return arguments }
        let shown = (try? HTTPTransport(url: rpc))?.name ?? "URL"
        return arguments.map { $0.replacingOccurrences(of: rpc, with: shown) }
    }

    /// Deploys the contract of a new run; nil without `--rpc`.
    /// - Throws: `ChainError`, `CommandFailure`.
    func ledger(of simulation: PreparedSimulation) throws -> EthereumLedger? {
        guard let rpc else { return nil }
        let chain = try EthereumChain(HTTPTransport(url: rpc), finality: .init(blocks: rpcDepth))
        let foundation = try simulation.agreement.foundation
        let parties = [Author.coordinator] + foundation.members.indices.map { .member($0) }
        let accounts = try Dictionary(
            uniqueKeysWithValues: parties.map { party in
                guard let account = EthereumAccount(secret: simulation.accountSecret(of: party)) else {
                    throw CommandFailure(.internalFailure, "no account can be made from this seed; take another")
                }
                return (party, account)
            })
        let addresses = parties.compactMap { accounts[$0]?.address }
        guard let sequencer = try rpcKey.map(Self.account) ?? accounts[.coordinator] else { return nil }
        return try EthereumLedger(
            deployingOn: chain, as: sequencer, accounts: addresses,
            phaseMilliseconds: simulation.agreement.deadlines.phases,
            // Simulated time is not the chain's.
            clockToleranceMilliseconds: 0, checks: try simulation.agreement.contractChecks,
            signing: { author, digest in
                guard let account = accounts[author] else {
                    throw ChainError(.refused, "\(author) has no account")
                }
                return account.sign(digest)
            })
    }

    private static func account(from path: String) throws -> EthereumAccount {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(.missingInput, "--rpc-key \(path): the file cannot be read")
        }
        let digits = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        let hexadecimal = digits.hasPrefix("0x") ? String(digits.dropFirst(2)) : digits
        guard let secret = decodeHexadecimal(hexadecimal), let account = EthereumAccount(secret: secret) else {
            throw CommandFailure(
                .badData, "--rpc-key \(path): 64 lower-case hexadecimal digits are due, a secret of secp256k1")
        }
        return account
    }
}

extension RunSummary {
    /// The summary with what the ledger's contract on a chain used.
    func on(_ ledger: EthereumLedger?) -> RunSummary {
        guard let ledger else { return self }
        let gas = ledger.gas
        var summary = self
        summary.ledger.chain = Chain(
            chainIdentifier: ledger.deployment.chainIdentifier, contract: ledger.deployment.contract,
            transactions: gas.transactions, deploymentGas: gas.deployment, setUpGas: gas.setUp,
            gasPerRound: gas.rounds)
        return summary
    }
}
