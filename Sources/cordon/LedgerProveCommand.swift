import ArgumentParser
import Foundation
import Ledger
import SQLiteStorage

/// `cordon ledger prove`: the proof that one entry is in the log, for whoever keeps only a checkpoint.
struct LedgerProveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Print the inclusion proof of one entry (RFC 9162).",
        discussion: """
            The proof holds against the root in the ledger's checkpoint: whoever kept that checkpoint checks an entry \
            without the rest of the log. A ledger that is not the one its checkpoint was signed over is refused.
            """)

    @Argument(help: ArgumentHelp("The ledger's directory.", valueName: "directory"))
    var directory: String

    @Argument(help: ArgumentHelp("Index of the entry, from 0.", valueName: "index"))
    var index: Int

    @Flag(help: "Print the proof as JSON.")
    var json = false

    private struct Proof: Encodable {
        let index: Int
        let size: Int
        let root: Digest
        let leafHash: Digest
        let path: [Digest]
    }

    func run() throws {
        let records = try LedgerAudit.storedRecords(directory: directory)
        let checkpoint = try LedgerAudit.storedCheckpoint(directory: directory, over: records)
        guard (0..<checkpoint.size).contains(index) else {
            throw CommandFailure(.usage, "entry \(index): the checkpoint covers entries 0 … \(checkpoint.size - 1)")
        }
        let log = MerkleLog(leafHashes: records.map(\.leafHash))
        let proof = Proof(
            index: index, size: checkpoint.size, root: checkpoint.root, leafHash: records[index].leafHash,
            path: try log.inclusionProof(of: index, size: checkpoint.size))
        if json {
            try StandardStreams.write(json: proof)
        } else {
            StandardStreams.write(text(proof), to: .standardOutput)
        }
    }

    private func text(_ proof: Proof) -> String {
        (["entry \(proof.index) of \(proof.size)", "leaf  \(proof.leafHash.hex)"]
            + proof.path.map { "path  \($0.hex)" } + ["root  \(proof.root.hex)"]).joined(separator: "\n") + "\n"
    }
}
