import Federation
import FederationSetup
import Ledger

/// What `cordon agreement check` finds in an agreement that lies on disk.
struct AgreementFindings: Encodable {
    let holds: Bool
    let digest: String
    /// Who has not signed.
    let missingSignatures: [String]
    /// What the hospital whose directory it is would not sign; empty elsewhere.
    let objections: [AgreementReview.Objection]

    /// - Throws: when there is no agreement, or one that was altered.
    init(path: String) throws {
        let signed = try StoredAgreement.read(path)
        digest = signed.digest.hex
        missingSignatures = signed.missing
        objections =
            HospitalDirectory.isHospital(path) ? try HospitalDirectory(path).review(signed).objections : []
        holds = missingSignatures.isEmpty && objections.isEmpty
    }

    var text: String {
        var lines = ["digest        \(digest)"]
        if !missingSignatures.isEmpty { lines.append("NOT SIGNED    by \(missingSignatures.joined(separator: ", "))") }
        lines += objections.map { "OBJECTION     \($0.what): \($0.advice)" }
        lines.append(holds ? "The agreement is sound and in force." : "THE AGREEMENT IS NOT IN FORCE.")
        return lines.joined(separator: "\n") + "\n"
    }
}
