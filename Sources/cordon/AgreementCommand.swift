import ArgumentParser

/// `cordon agreement`: what hospitals decide before they begin.
struct AgreementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreement",
        abstract: "Draft and check what a federation would agree on, before anybody joins it.",
        subcommands: [AgreementDraftCommand.self, AgreementCheckCommand.self])
}
