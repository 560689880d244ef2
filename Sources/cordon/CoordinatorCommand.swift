import ArgumentParser

/// `cordon coordinator`: the party that brings hospitals together and is trusted for nothing but being there.
struct CoordinatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coordinator",
        abstract: "Set up the coordinator of a federation, invite hospitals, and run the rounds.",
        discussion: """
            The coordinator relays messages, keeps the ledger and adds ciphertexts. It sees no image and no update. \
            Hospitals need its address and its fingerprint, and both are in the token that invites them.
            """,
        subcommands: [
            CoordinatorInitCommand.self, CoordinatorInviteCommand.self, CoordinatorServeCommand.self,
            CoordinatorRenewCommand.self,
        ])
}
