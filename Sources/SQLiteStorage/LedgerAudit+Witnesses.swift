import Ledger

extension LedgerAudit {
    /// Looks for the cosignatures under the stored checkpoint.
    /// - Parameter policy: nil takes the hospitals of the ledger's foundation, who then need not have cosigned.
    /// - Returns: whether a quorum vouches for the checkpoint.
    mutating func verifyWitnesses(under policy: WitnessPolicy?) -> Bool {
        guard let checkpoint = report.checkpoint, let foundation = log?.contract.foundation,
            let note = try? LedgerAudit.note(at: layout.checkpoint)
        else {
            if policy != nil { report.find("witnesses", "there is no checkpoint that they could have cosigned") }
            return false
        }
        guard let judged = policy ?? (try? WitnessPolicy(foundation: foundation)) else { return false }
        let names = judged.cosigners(of: note)
        report.cosigners = names
        let whose = policy == nil ? "the federation's own hospitals" : "the witnesses of the given policy"
        if names.count >= judged.quorum {
            report.proved.append(
                "\(names.count) of \(judged.witnesses.count) of \(whose) executed the first \(checkpoint.size) entries "
                    + "themselves and cosigned them (\(names.joined(separator: ", "))). At least \(judged.quorum) are "
                    + "needed, so while at most \(judged.corruptible) of them lie, there is no other history.")
            return true
        }
        let shortfall =
            "\(names.count) of \(judged.witnesses.count) of \(whose) cosigned the checkpoint, "
            + "\(judged.quorum) are needed"
        if policy != nil {
            report.find("witnesses", shortfall)
        } else if !names.isEmpty {
            report.notProved.append("A quorum of witnesses: \(shortfall).")
        }
        return false
    }
}
