import ArgumentParser

/// n, t and c of a federation, as every command that speaks of agreements takes them.
struct MembershipOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: ArgumentHelp("Number of hospitals n, at least 3.", valueName: "n"))
    var hospitals: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Hospitals t needed to open anything. (default: ⌊(n+c)/2⌋+1)", valueName: "t"))
    var threshold: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Hospitals c that may be malicious. (default: ⌊(n−1)/3⌋)", valueName: "c"))
    var malicious: Int?

    /// The number of hospitals. Refuses numbers that no federation has, before anything is computed with them.
    func checkedHospitals() throws -> Int {
        guard let hospitals else { throw ValidationError("Missing expected argument '--hospitals <n>'") }
        guard (1...1 << 20).contains(hospitals), (-1 << 20...1 << 20).contains(malicious ?? 0) else {
            throw CommandFailure(.usage, "--hospitals and --malicious: numbers of at most a million are meant")
        }
        return hospitals
    }
}
