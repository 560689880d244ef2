import ArgumentParser

/// `cordon images`: from a hospital's archive to samples that training reads.
struct ImagesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "images",
        abstract: "Fetch, label and de-identify images, and take them into a sealed store.",
        subcommands: [
            ImagesFetchCommand.self, ImagesLabelCommand.self, ImagesInspectCommand.self, ImagesDeidentifyCommand.self,
            ImagesIngestCommand.self, ImagesReportCommand.self,
            ImagesExportCommand.self, ImagesSynthesizeCommand.self, ImagesWorkerCommand.self,
        ])
}
