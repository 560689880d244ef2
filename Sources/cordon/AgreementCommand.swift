import ArgumentParser

/// `cordon agreement`: what hospitals decide before they begin.
struct AgreementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreement",
        abstract: "Check what a federation of so many hospitals promises, before anybody joins it.",
        subcommands: [AgreementCheckCommand.self])
}
