import ArgumentParser

/// `cordon images`: from a hospital's archive to samples that training reads.
struct ImagesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "images",
        abstract: "Take images into a sealed store, report on it, or export it.",
        subcommands: [
            ImagesInspectCommand.self, ImagesDeidentifyCommand.self, ImagesIngestCommand.self, ImagesReportCommand.self,
            ImagesExportCommand.self,
        ])
}
