import FederationService
import Foundation
import Ledger
import ModelTraining
import SQLiteStorage
import Synchronization

/// Writes each published model where the hospital's own programs find it.
final class ModelKeeper: Sendable {
    private let path: String
    private let specification: ModelSpecification
    private let federation: Digest
    private let held = Mutex<(any Error)?>(nil)

    init(directory: String, specification: ModelSpecification, federation: Digest) {
        path = "\(directory)/model.safetensors"
        self.specification = specification
        self.federation = federation
    }

    /// The first failure to write; the rounds go on without the file.
    var failure: (any Error)? { held.withLock { $0 } }

    func note(_ event: NodeEvent) {
        guard case .adopted(let round, let model) = event else { return }
        do {
            let bytes = try encodeSafetensors(
                model, specification: specification,
                metadata: ["format": "cordon", "federation": federation.hex, "round": "\(round)"])
            try Files.write([UInt8](bytes), to: path)
        } catch {
            held.withLock { $0 = $0 ?? error }
        }
    }
}
