import ArgumentParser

/// `cordon config`: what may stand in the configuration files.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Look up what coordinator.yaml and hospital.yaml may hold.",
        subcommands: [ConfigReferenceCommand.self])
}
