import Foundation
import Report
import Testing

extension EndToEnd {
    @Suite("A federation's ledger on an EVM chain is the ledger it has without one")
    struct EthereumLedgerCommandTests {
        private struct Verification: Decodable {
            struct Report: Decodable { let stateDigest: String }
            struct Chain: Decodable {
                struct Gas: Decodable { let rounds: [UInt64] }
                let findings: [String]
                let gas: Gas
            }
            let report: Report
            let chain: Chain?
        }

        @Test(.enabled(if: ChainNode.isAvailable, "skipped: PyPI eth-tester is not installed"))
        func theThreeTiersEndInTheSameState() throws {
            let scratch = try Scratch()
            let node = try ChainNode()
            // The first account of the node's chain; it has funds.
            try scratch.write(String(repeating: "0", count: 63) + "1\n", to: "key")
            let chain = ["--rpc", node.url, "--rpc-key", "key"]
            var states: Set<String> = []
            var models: Set<Data> = []
            for tier in ["embedded", "witnessed", "evm"] {
                let flags = ["--hospitals", "5", "--ledger", tier, "--out", tier] + (tier == "evm" ? chain : [])
                let (run, summary) = try SmallRun.succeed(SmallRun.arguments() + flags, in: scratch)
                models.insert(try scratch.data("\(tier)/model.safetensors"))
                let verify = ["ledger", "verify", "\(tier)/ledger", "--json"]
                let verified = try CordonRun(verify + (tier == "evm" ? ["--rpc", node.url] : []), in: scratch)
                #expect(verified.status == 0, "\(verified.standardError)\(verified.output)")
                let verification = try JSONDecoder().decode(Verification.self, from: verified.standardOutput)
                states.insert(verification.report.stateDigest)
                guard tier == "evm" else { continue }
                let used = try #require(summary.ledger.chain)
                #expect(used.gasPerRound.count == 1 && used.gasPerRound[0] > 1_000_000)
                #expect(run.output.contains("\(used.gasPerRound[0]) gas a round"))
                #expect(verification.chain?.findings == [])
                #expect(verification.chain?.gas.rounds == used.gasPerRound, "receipts say what was counted")
                print("five hospitals on a chain:", used.statement)
            }
            #expect(states.count == 1 && models.count == 1)
            try foreignLedgersAreToldApart(node, scratch)
        }

        private func foreignLedgersAreToldApart(_ node: ChainNode, _ scratch: Scratch) throws {
            let arguments = SmallRun.arguments("--hospitals", "5", "--seed", "2", "--out", "other")
            _ = try SmallRun.succeed(arguments, in: scratch)
            let verify = ["ledger", "verify", "other/ledger", "--rpc", node.url]
            let without = try CordonRun(verify, in: scratch)
            #expect(without.status == 66 && without.standardError.contains("chain.json"))
            try scratch.write(try scratch.data("evm/ledger/chain.json"), to: "other/ledger/chain.json")
            let foreign = try CordonRun(verify, in: scratch)
            #expect(foreign.status == 1 && foreign.output.contains("entry 0: the chain has another"))
        }

        @Test func flagsThatDoNotGoTogetherAreRefused() throws {
            let scratch = try Scratch()
            for (flags, status, word) in [
                (["--ledger", "evm"], 64, "--rpc"), (["--rpc", "http://127.0.0.1:1"], 64, "--ledger evm"),
                (["--ledger", "evm", "--rpc", "127.0.0.1"], 64, "http://"),
                (["--ledger", "evm", "--rpc", "http://127.0.0.1:1/token"], 74, "http://127.0.0.1:1 does not answer"),
                (["--ledger", "evm", "--rpc", "http://127.0.0.1:1", "--rounds", "300"], 64, "214"),
            ] as [([String], Int32, String)] {
                let run = try CordonRun(SmallRun.arguments() + flags, in: scratch)
                #expect(run.status == status && run.standardError.contains(word), "\(run.standardError)")
                #expect(!run.standardError.contains("token"))
            }
        }
    }
}

/// A node of a chain of one, `Tests/EthereumLedgerTests/node.py`, for as long as this value lives.
private final class ChainNode {
    static let isAvailable: Bool = {
        let probe = Process()
        probe.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        probe.arguments = [python, "-c", "import eth_tester, eth"]
        probe.standardError = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        probe.terminationHandler = { _ in ended.signal() }
        guard (try? probe.run()) != nil else { return false }
        ended.wait()
        if probe.terminationStatus != 0 {
            print("SKIPPED: \(python) has no eth_tester: no federation is run on a chain. Run make bootstrap")
        }
        return probe.terminationStatus == 0
    }()

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static let python: String = {
        if let named = ProcessInfo.processInfo.environment["CORDON_PYTHON"] { return named }
        let prepared = root.appendingPathComponent(".build/python/bin/python3").path
        return FileManager.default.isExecutableFile(atPath: prepared) ? prepared : "python3"
    }()

    let url: String
    private let process = Process()

    init() throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            Self.python, Self.root.appendingPathComponent("Tests/EthereumLedgerTests/node.py").path,
        ]
        process.standardInput = Pipe()
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        let port = try #require(UInt16(line.split(separator: "\n").first ?? ""), "the node says no port")
        url = "http://127.0.0.1:\(port)"
    }

    deinit { kill(process.processIdentifier, SIGKILL) }
}
