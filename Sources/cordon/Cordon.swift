import ArgumentParser
import Foundation
import RingArithmetic
import Simulation

/// The one binary: parses, assembles and calls.
@main
struct Cordon: AsyncParsableCommand {
    static let version = CordonVersion.current

    static let configuration = CommandConfiguration(
        commandName: "cordon",
        abstract: "Federated learning for medical images among parties that need not trust each other.",
        discussion: """
            Hospitals train together; no image, no unprotected update and no unproven claim leaves one. Updates are \
            differentially private and encrypted, only their sum is opened, poisoned ones are found and named, and a \
            ledger that anybody can verify records it all.

            Begin with:  cordon simulate --out demo --hospitals 5 --attackers 1 --attack scaling

            \(ExitStatus.table)
            """,
        version: version,
        subcommands: [
            SimulateCommand.self, SwarmCommand.self, AttackCommand.self, ImagesCommand.self, AgreementCommand.self,
            PrivacyCommand.self, CoordinatorCommand.self, HospitalCommand.self, LedgerCommand.self,
            DashboardCommand.self, DoctorCommand.self, ConfigCommand.self,
        ])

    /// Runs the command of the line, and ends with a message on standard error and the exit code of its kind.
    static func main() async {
        StandardStreams.turnSignalsIntoErrors()
        do {
            if let kernels = ProcessInfo.processInfo.environment["CORDON_KERNELS"] {
                try RingKernels.select(named: kernels)
            }
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            ExitStatus.end(with: error)
        }
    }
}
