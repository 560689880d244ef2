import ArgumentParser

/// `cordon attack`: the laboratory that measures the defence.
struct AttackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attack",
        abstract: "Attack federations in a laboratory, and measure what their defence is worth.",
        subcommands: [AttackRunCommand.self, AttackReportCommand.self, AttackInvertCommand.self])
}
