import EthereumLedger
import Foundation
import Ledger
import Testing

/// What is committed of the contract belongs together.
@Suite struct ContractSourceTests {
    private static let compiler: String? = {
        let prepared = PythonProgram.root.appendingPathComponent(".build/python/bin/vyper").path
        let named = ProcessInfo.processInfo.environment["CORDON_VYPER"]
        let found = [named, prepared].compactMap { $0 }.first { FileManager.default.isExecutableFile(atPath: $0) }
        if found == nil { print("SKIPPED: no vyper: the committed bytecode is not compiled again. Run make bootstrap") }
        return found
    }()

    @Test(.enabled(if: compiler != nil, "skipped: PyPI vyper is not installed"))
    func theBytecodeIsWhatTheContractCompilesTo() throws {
        let process = Process()
        process.executableURL = PythonProgram.root.appendingPathComponent("Scripts/compile-contract.sh")
        process.arguments = ["--check"]
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["CORDON_VYPER": Self.compiler ?? ""], uniquingKeysWith: { $1 })
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    /// `WRONG_PHASE` for `wrongPhase`.
    private static func constant(_ name: String) -> String {
        name.reduce(into: "") { $0 += ($1.isUppercase ? "_" : "") + $1.uppercased() }
    }

    @Test func theContractsCodesAreThoseOfTheRules() throws {
        let url = PythonProgram.root.appendingPathComponent("Contracts/FederationLedger.vy")
        let source = try String(contentsOf: url, encoding: .utf8)
        var numbers: [String: UInt64] = [:]
        for line in source.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 4, words[1] == "constant(uint256)", words[2] == "=" else { continue }
            numbers[String(words[0].dropLast())] = UInt64(words[3])
        }
        for code in RefusalCode.allCases { #expect(numbers[Self.constant(code.rawValue)] == code.number) }
        for rule in ChainRule.allCases { #expect(numbers[Self.constant("\(rule)")] == rule.rawValue) }
    }

    /// Each rule of the embedded contract is one of the chain's, but for those that no chain can check.
    @Test func noRuleIsMissingOnTheChain() throws {
        let url = PythonProgram.root.appendingPathComponent("Contracts/FederationLedger.vy")
        let source = try String(contentsOf: url, encoding: .utf8)
        let words = source.split { !($0.isLetter || $0 == "_") }.map(String.init)
        let unused = RefusalCode.allCases.filter { code in words.filter { $0 == Self.constant(code.rawValue) }.count < 2
        }
        #expect(Set(unused) == [.invalidName, .shareMismatch, .nonceShareMismatch])
    }
}
