import Federation
import Ledger

extension SimulatedFederation {
    /// The checkpoint with the cosignature of every hospital whose own copy of the ledger is the one that it covers.
    func cosigned(
        _ note: SignedNote, by identities: [Identity], reporting progress: any ProgressReporter
    ) throws -> SignedNote {
        var cosigned = note
        var absent: [String] = []
        for (identity, hospital) in zip(identities, hospitals) {
            var witness = Witness(
                identity: identity, sequencerKey: agreement.coordinatorKey, log: hospital.log)
            do {
                // Nothing is handed over here: a hospital vouches for what it received and executed in the run.
                cosigned.append(try witness.cosign(note, records: [], at: now))
            } catch let refusal as WitnessRefusal {
                absent.append("\(identity.name): \(refusal)")
            }
        }
        let policy = try WitnessPolicy(foundation: agreement.foundation)
        let names = policy.cosigners(of: cosigned)
        if policy.isSatisfied(by: cosigned) {
            progress.report(
                .note("\(names.count) of \(hospitals.count) hospitals cosigned the ledger; \(policy.quorum) are needed")
            )
        } else {
            progress.report(
                .warning(
                    "Only \(names.count) hospitals cosigned the ledger, \(policy.quorum) are needed "
                        + "(\(absent.joined(separator: ", ")))"))
        }
        return cosigned
    }
}
