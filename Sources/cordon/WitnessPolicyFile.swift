import Foundation
import Ledger
import Yams

/// The file by which an auditor says whose cosignatures count.
enum WitnessPolicyFile {
    /// - Throws: `CommandFailure` that names the file and what is wrong with it.
    static func read(_ path: String) throws -> WitnessPolicy {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(.missingInput, "--policy \(path): the file cannot be read")
        }
        do {
            guard let root = try Yams.compose(yaml: String(decoding: data, as: UTF8.self))?.mapping,
                let quorum = root["quorum"]?.int, let corruptible = root["corruptible"]?.int,
                let lines = root["witnesses"]?.sequence, root.count == 3
            else {
                throw CommandFailure(
                    .badData,
                    "--policy \(path): quorum, corruptible and witnesses are expected, and nothing else; "
                        + "`cordon ledger witnesses` writes such a file")
            }
            var keys: [VerifierKey] = []
            for line in lines { keys.append(try VerifierKey(line.string ?? "")) }
            return try WitnessPolicy(witnesses: keys, quorum: quorum, corruptible: corruptible)
        } catch let error as LedgerError {
            throw CommandFailure(.badData, "--policy \(path): \(error.message)")
        } catch let error as YamlError {
            throw CommandFailure(.badData, "--policy \(path): \(error)")
        }
    }

    static func text(_ policy: WitnessPolicy) -> String {
        (["quorum: \(policy.quorum)", "corruptible: \(policy.corruptible)", "witnesses:"]
            + policy.witnesses.map { "  - \($0.text)" }).joined(separator: "\n") + "\n"
    }
}
