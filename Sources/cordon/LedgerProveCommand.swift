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

            With --receipt the entry, its proof and the cosigned checkpoint are printed as one file (C2SP tlog-proof), \
            which `cordon ledger receipt` verifies without the ledger.

            EXAMPLES
              cordon ledger prove run/ledger 12
              cordon ledger prove run/ledger --round 3 --hospital hospital-2 --receipt > hospital-2-round-3.txt
            """)

    @Argument(help: ArgumentHelp("The ledger's directory.", valueName: "directory"))
    var directory: String

    @Argument(help: ArgumentHelp("Index of the entry, from 0.", valueName: "index"))
    var index: Int?

    @Option(help: ArgumentHelp("Round of a hospital's commitment, instead of an index.", valueName: "number"))
    var round: UInt32?

    @Option(help: ArgumentHelp("Name of the hospital that committed.", valueName: "name"))
    var hospital: String?

    @Flag(help: "Print the entry with its proof and checkpoint as one file.")
    var receipt = false

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
        let index = try entryIndex(in: records)
        guard (0..<checkpoint.size).contains(index) else {
            throw CommandFailure(.usage, "entry \(index): the checkpoint covers entries 0 … \(checkpoint.size - 1)")
        }
        let log = MerkleLog(leafHashes: records.map(\.leafHash))
        if receipt {
            let note = try LedgerAudit.storedNote(directory: directory)
            StandardStreams.write(
                try LedgerReceipt(of: records[index], in: log, under: note).encoded, to: .standardOutput)
            return
        }
        let proof = Proof(
            index: index, size: checkpoint.size, root: checkpoint.root, leafHash: records[index].leafHash,
            path: try log.inclusionProof(of: index, size: checkpoint.size))
        if json {
            try StandardStreams.write(json: proof)
        } else {
            StandardStreams.write(text(proof), to: .standardOutput)
        }
    }

    /// The entry that was asked for: by its index, or as a hospital's commitment in a round.
    private func entryIndex(in records: [LedgerRecord]) throws -> Int {
        if let index {
            guard round == nil, hospital == nil else {
                throw CommandFailure(.usage, "give an index, or --round and --hospital, not both")
            }
            return index
        }
        guard let round, let hospital else {
            throw CommandFailure(.usage, "give the entry's index, or --round and --hospital")
        }
        guard case .foundation(let foundation)? = try records.first?.entry(),
            let member = foundation.members.firstIndex(where: { $0.name == hospital })
        else { throw CommandFailure(.usage, "--hospital \(hospital): no hospital of this federation has that name") }
        for record in records where record.author == .member(member) {
            if case .commit(let commitment) = try record.entry(), commitment.round == round { return Int(record.index) }
        }
        throw CommandFailure(.usage, "\(hospital) has no commitment in round \(round) of this ledger")
    }

    private func text(_ proof: Proof) -> String {
        (["entry \(proof.index) of \(proof.size)", "leaf  \(proof.leafHash.hex)"]
            + proof.path.map { "path  \($0.hex)" } + ["root  \(proof.root.hex)"]).joined(separator: "\n") + "\n"
    }
}
