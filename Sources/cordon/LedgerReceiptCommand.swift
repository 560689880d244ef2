import ArgumentParser
import Foundation
import Ledger

/// `cordon ledger receipt`: verifies one file that `cordon ledger prove --receipt` wrote, without the ledger.
struct LedgerReceiptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt",
        abstract: "Verify a receipt: one entry, its proof, and the witnesses who vouch for the log.",
        discussion: """
            Exits 0 only if the entry in the file stands in a log that a quorum of the policy's witnesses executed and \
            cosigned. Nothing else is read, and nobody is asked.

            EXAMPLE
              cordon ledger receipt hospital-2-round-3.txt --policy witnesses.yaml
            """)

    @Argument(help: ArgumentHelp("The receipt.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The witnesses to trust (see cordon help ledger witnesses).", valueName: "file"))
    var policy: String

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Output: Encodable {
        let holds: Bool
        let index: UInt64
        let author: String
        let entry: String
        let origin: String
        let size: Int
        let cosigners: [String]
    }

    func run() throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure(.missingInput, "\(file): the file cannot be read")
        }
        let policy = try WitnessPolicyFile.read(policy)
        let output: Output
        do {
            let receipt = try LedgerReceipt(decoding: String(decoding: data, as: UTF8.self))
            let checkpoint = try receipt.verify(under: policy)
            let record = receipt.record
            output = Output(
                holds: true, index: record.index, author: record.author.description,
                entry: try record.entry().summary(names: []), origin: checkpoint.origin, size: checkpoint.size,
                cosigners: policy.cosigners(of: receipt.note))
        } catch {
            throw CommandFailure(.checkFailed, "\(file): the receipt does not hold: \(error.message)")
        }
        if json {
            try StandardStreams.write(json: output)
        } else {
            StandardStreams.write(
                """
                The receipt holds: entry \(output.index) of \(output.size) in \(output.origin)
                  author      \(output.author)
                  entry       \(output.entry)
                  witnesses   \(output.cosigners.joined(separator: ", "))

                """, to: .standardOutput)
        }
    }
}
