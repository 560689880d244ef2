import Federation
import Foundation
import HomomorphicEncryption
import Ledger
import SQLiteStorage
import SecureAggregation

/// Verifies a run's ledger offline: everything the log proves, and every encrypted sum recomputed from the ciphertexts.
enum LedgerVerification {
    /// - Throws: `StorageError` when there is no ledger; what is wrong with one that is there is in the report.
    static func run(
        directory: String, keptCheckpoint: String? = nil, policy: WitnessPolicy? = nil
    ) throws -> AuditReport {
        let agreement = AgreementBox()
        return try LedgerAudit.run(
            directory: directory, keptCheckpoint: keptCheckpoint, policy: policy,
            roundCheck: { round, blobs in
                guard let parameters = agreement.value?.encryption else { return [] }
                return try recomputeSum(of: round, from: blobs, parameters)
            },
            makeChecks: { foundation, blobs in
                let found = try readAgreement(of: foundation, from: blobs)
                agreement.value = found
                return try found.contractChecks
            })
    }

    /// The agreement that `foundation` was made of, from beside the ledger.
    /// - Throws: `StorageError` `.notFound`, or `.corrupt` for another agreement.
    static func readAgreement(of foundation: FederationFoundation, from blobs: BlobDirectory) throws
        -> Agreement
    {
        let path = "\(blobs.directory)/agreement.json"
        guard let json = FileManager.default.contents(atPath: path) else {
            throw StorageError(
                .notFound, "\(path): the agreement of this federation is missing; put it beside the ledger")
        }
        do {
            return try Agreement(canonicalJSON: [UInt8](json), expecting: foundation.agreementDigest)
        } catch {
            throw StorageError(.corrupt, "agreement.json is not what the federation was founded on: \(error)")
        }
    }

    /// Recomputes `Σ_{i∈V} c_i` and compares it with the posted one. Where the ledger accuses the coordinator of
    /// another
    /// sum, the accusation itself is checked.
    private static func recomputeSum(
        of round: RoundState, from blobs: BlobDirectory, _ parameters: EncryptionParameters
    ) throws -> [AuditFinding] {
        guard let verdict = round.verdict, let posted = round.sum else { return [] }
        let updates = try verdict.accepted.compactMap { member in
            try round.commitments[member].map {
                try EncryptedUpdate(
                    blocks: blobs.chunks(ofCiphertext: $0.ciphertextRoot), parameters: parameters)
            }
        }
        let sum = try EncryptedSum(updates, parameters: parameters)
        let agrees = merkleRoot(ofChunks: sum.blocks) == posted.encryptedSumRoot
        let place = "round \(round.number)"
        if case .rolledBack(.reportMismatch, _) = round.ending {
            return agrees
                ? [
                    AuditFinding(
                        place: place, message: "the coordinator is accused of a wrong sum, but the sum is right")
                ]
                : []
        }
        return agrees
            ? []
            : [AuditFinding(place: place, message: "the posted encrypted sum is not the sum of the accepted updates")]
    }
}

/// Carries the agreement from where the audit reads it to where the rounds need it.
private final class AgreementBox {
    var value: Agreement?
}
