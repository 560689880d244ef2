package import Federation
import Ledger
package import ModelTraining
package import PoisoningDefence

/// What the model that hospitals train says of the defence: which probes there are, and so which defence is standard.
extension TrainingPipeline {
    /// The probes along which updates are watched, made here; none for a model that has none.
    ///
    /// - Throws: `TrainingError`.
    package func suspicionProbes() throws -> SuspicionProbes {
        guard TriggerProbes.exist(for: model) else { return SuspicionProbes([]) }
        return SuspicionProbes(try TriggerProbes.shared(model, normalisation: normalisation).directions)
    }

    /// The probes of a party under this agreement; none where it names none.
    ///
    /// - Throws: `TrainingError`.
    package func suspicionProbes(under agreement: Agreement) throws -> SuspicionProbes {
        agreement.defence.triggers == nil ? SuspicionProbes([]) : try suspicionProbes()
    }

    /// Contract rules, the whole ensemble and, where the model has probes, suspicion of planted triggers.
    ///
    /// - Throws: `TrainingError`.
    package func standardDefence(members: Int, corruptible: Int) throws -> DefencePolicy {
        let probes = try suspicionProbes()
        return .standard(
            members: members, corruptible: corruptible,
            triggers: probes.directions.isEmpty ? nil : TriggerTerms(probes: probes.digest.hex))
    }
}
