import Foundation
import Ledger

/// The signed list of a sealed ledger's files with their SHA-256, so that any changed, missing or added byte shows.
struct LedgerSeal: Equatable {
    private static let heading = "cordon/ledger-seal/v1"

    /// Digest by path relative to the ledger's directory.
    let files: [String: Digest]

    /// The files as they lie in `directory`.
    init(directory: String) throws {
        var files: [String: Digest] = [:]
        for path in try Files.list(directory) where path != LedgerLayout.sealName {
            files[path] = Digest.sha256(try Files.read(directory + "/" + path))
        }
        self.files = files
    }

    init(text: String) throws {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.first.map(String.init) == LedgerSeal.heading, lines.last?.isEmpty == true else {
            throw StorageError(.corrupt, "the seal's heading is not \(LedgerSeal.heading)")
        }
        var files: [String: Digest] = [:]
        for line in lines.dropFirst().dropLast() {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let bytes = decodeHexadecimal(String(parts[0])),
                files.updateValue(try Digest(bytes: bytes), forKey: String(parts[1])) == nil
            else { throw StorageError(.corrupt, "a line of the seal is malformed") }
        }
        self.files = files
    }

    var text: String {
        LedgerSeal.heading + "\n" + files.sorted { $0.key < $1.key }.map { "\($1.hex) \($0)\n" }.joined()
    }

    func signed(by identity: Identity) throws -> SignedNote {
        var note = try SignedNote(text: text)
        try note.sign(by: identity)
        return note
    }
}
