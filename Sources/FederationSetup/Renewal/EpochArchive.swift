import Federation
import Foundation
package import Ledger
import SQLiteStorage

/// Puts one federation of a party's directory away and the next in its place, as one step: begun, it is finished by
/// whoever opens the directory next.
///
/// What was signed and the ledger move to `epochs/FEDERATION`. `state/` holds keys of rounds that will never be and is
/// erased. What lies ready in `next/` takes the place of what moved.
package struct EpochArchive: Sendable {
    private let directory: String

    private static let kept = [
        AgreementFiles.agreementName, AgreementFiles.signaturesName, "ledger", "model.safetensors",
        StartingModel.fileName,
    ]

    package init(directory: String) { self.directory = directory }

    private var epochs: String { "\(directory)/epochs" }
    private var pending: String { "\(epochs)/pending" }
    /// Where the next federation is prepared.
    package var next: String { "\(directory)/next" }

    /// Directories of the federations that were put away, in no order of time.
    package var archived: [String] {
        get throws {
            guard Files.exists(epochs) else { return [] }
            return try FileManager.default.contentsOfDirectory(atPath: epochs).sorted()
                .filter { $0 != "pending" }.map { "\(epochs)/\($0)" }
        }
    }

    /// Puts away the federation that is there. From here on there is no way back.
    package func replace(_ federation: Digest) throws {
        try Files.makeFolder("\(epochs)/\(federation.hex.prefix(16))")
        try Files.write(Array(federation.hex.prefix(16).utf8), to: pending, mode: 0o600)
        try finish()
    }

    /// Finishes a replacement that was interrupted; nothing happens where none was.
    package func finish() throws {
        guard Files.exists(pending) else { return }
        guard let name = String(validating: try Files.read(pending), as: UTF8.self), name.count == 16,
            name.allSatisfy(\.isHexDigit)
        else { throw SetupError(.malformed, "\(pending) names no federation; restore it.") }
        let archive = "\(epochs)/\(name)"
        for file in Self.kept where !Files.exists("\(archive)/\(file)") {
            try Files.move("\(directory)/\(file)", to: "\(archive)/\(file)")
        }
        try Files.removeTree(NodeFiles(directory: directory).stateDirectory)
        for file in Self.kept { try Files.move("\(next)/\(file)", to: "\(directory)/\(file)") }
        try Files.removeTree(next)
        try Files.remove(pending)
    }
}
