import ArgumentParser

/// `cordon ledger`: what anybody can check offline of a run.
struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Verify, show or prove entries of a run's ledger, offline.",
        discussion: """
            A ledger is the directory that a run leaves: its records, its ciphertexts, the agreement, a checkpoint \
            and a seal. Nothing here asks the network or trusts whoever wrote it.
            """,
        subcommands: [
            LedgerVerifyCommand.self, LedgerShowCommand.self, LedgerProveCommand.self, LedgerReceiptCommand.self,
            LedgerWitnessesCommand.self,
        ])
}
