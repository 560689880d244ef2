import ArgumentParser

/// One round of a large federation over mutual TLS on the loopback interface, each party a process of its own, beside
/// what the same bytes need over the same transport. `Scripts/bench-network.sh` drives it.
@main
struct NetworkBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "NetworkBenchmark",
        subcommands: [CoordinatorProcess.self, HospitalProcess.self, LinkRate.self])
}

/// What all processes of one run are told alike.
struct RunOptions: ParsableArguments {
    @Option var members = 10
    @Option var dimension = 11_700_000
    @Option var port: Int
    @Option var directory: String
}
