import Foundation
import Ledger
import Testing

/// What this program writes, judged by an implementation of the C2SP formats that shares nothing with it.
@Suite struct IndependentLogTests {
    /// `CORDON_PYTHON`, the interpreter that `Scripts/bootstrap.sh` prepares, or any.
    private static let python: String = {
        if let named = ProcessInfo.processInfo.environment["CORDON_PYTHON"] { return named }
        let prepared = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent(".build/python/bin/python3").path
        return FileManager.default.isExecutableFile(atPath: prepared) ? prepared : "python3"
    }()

    private static func run(_ script: String, input: String) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [python, "-c", script]
        let (standardInput, output) = (Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        standardInput.fileHandleForWriting.write(Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    private static let hasOracle: Bool = {
        let found = (try? run("import aics_tlog", input: ""))?.status == 0
        if !found {
            print(
                "SKIPPED: \(python) has no aics_tlog, so nobody else verifies checkpoints, cosignatures and proofs. "
                    + "Run make bootstrap")
        }
        return found
    }()

    private struct Question: Encodable {
        let note: String
        let logKey: String
        let witnessKeys: [String]
        let quorum: Int
        let leaves: [Data]
        let proofs: [[Data]]
    }

    private static let script = """
        import base64, json, sys
        import aics_tlog as t
        q = json.load(sys.stdin)
        b = base64.b64decode
        note = t.parse_note(q["note"].encode())
        log = t.parse_vkey(q["logKey"])
        witnesses = [t.parse_vkey(k) for k in q["witnessKeys"]]
        checked = t.verify_checkpoint(note, log, witnesses, quorum=q["quorum"])
        point = t.parse_checkpoint(note.text)
        proved = [t.verify_leaf_inclusion(b(leaf), i, point.size, [b(h) for h in proof], point.root)
                  for i, (leaf, proof) in enumerate(zip(q["leaves"], q["proofs"]))]
        print(checked.ok, sum(proved), len(proved))
        """

    @Test(.enabled(if: hasOracle, "skipped: PyPI aics-tlog is not installed"))
    func anotherImplementationAgrees() throws {
        var federation = try TestFederation()
        try federation.completeRound()
        let policy = try WitnessPolicy(foundation: federation.foundation)
        let tree = federation.log.merkle
        let key = try VerifierKey(
            name: "coordinator", algorithm: .ed25519, publicKey: federation.coordinator.publicKey)
        var leaves = federation.log.records.map { Data($0.leafBytes) }
        let proofs = try leaves.indices.map { try tree.inclusionProof(of: $0, size: tree.size).map { Data($0.bytes) } }
        for cosigners in [federation.t, federation.t - 1] {
            var note = try federation.log.checkpoint(signedBy: federation.coordinator)
            for member in 0..<cosigners {
                var witness = Witness(
                    identity: federation.members[member], sequencerKey: federation.coordinator.publicKey,
                    log: federation.log)
                note.append(try witness.cosign(note, records: [], at: 1_700_000_000_000))
            }
            // One changed leaf must be told from the others.
            if cosigners < federation.t { leaves[5].append(0) }
            let question = Question(
                note: note.encoded, logKey: key.text, witnessKeys: policy.witnesses.map(\.text),
                quorum: policy.quorum, leaves: leaves, proofs: proofs)
            let input = String(decoding: try JSONEncoder().encode(question), as: UTF8.self)
            let answer = try Self.run(Self.script, input: input)
            #expect(answer.status == 0)
            let isWhole = cosigners == federation.t
            let expected = "\(isWhole ? "True" : "False") \(leaves.count - (isWhole ? 0 : 1)) \(leaves.count)\n"
            #expect(answer.output == expected)
        }
    }
}
