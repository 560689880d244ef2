import ArgumentParser

/// `cordon hospital`: a member of a federation, with its own images, keys and limits.
struct HospitalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hospital",
        abstract: "Set up a hospital, join a federation, and take part in it.",
        discussion: """
            A hospital keeps its images in a sealed store (cordon images ingest), its identity in a file of its own, \
            and its limits in hospital.yaml: whatever the others propose, it signs nothing beyond them.
            """,
        subcommands: [
            HospitalInitCommand.self, HospitalJoinCommand.self, HospitalServeCommand.self, HospitalRenewCommand.self,
        ])
}
