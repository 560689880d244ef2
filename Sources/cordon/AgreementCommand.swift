import ArgumentParser

/// `cordon agreement`: what hospitals decide before they begin.
struct AgreementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreement",
        abstract: "Draft, show, check and sign what a federation agrees on.",
        subcommands: [
            AgreementDraftCommand.self, AgreementCheckCommand.self, AgreementShowCommand.self,
            AgreementSignCommand.self,
        ])
}
