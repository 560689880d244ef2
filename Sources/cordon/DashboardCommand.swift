import ArgumentParser

/// `cordon dashboard`: a federation in the browser.
struct DashboardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard",
        abstract: "Watch a federation in the browser, from its ledger.",
        discussion: """
            The pages show what the ledger proves: it is executed again from its first entry, and followed as it \
            grows. Nothing can be changed from the browser, and nothing is loaded from elsewhere.
            """,
        subcommands: [DashboardServeCommand.self, DashboardPasswordCommand.self])
}
