import Testing

extension EndToEnd {
    @Suite("Every command explains itself")
    struct HelpTests {
        /// Commands, and what their help must teach.
        static let commands: [([String], [String])] = [
            ([], ["simulate", "ledger", "EXIT CODES", "Begin with"]),
            (["simulate"], ["EXAMPLES", "EXIT CODES", "--hospitals", "--privacy", "synthetic", "(default: 5)"]),
            (["swarm"], ["EXAMPLES", "EXIT CODES", "--seeds", "--trace", "--twice", "--json"]),
            (["agreement"], ["check", "draft"]),
            (
                ["agreement", "draft"],
                ["EXAMPLES", "--parameters", "--coordinates", "--rounding", "--security", "--minimise", "quantum128"]
            ),
            (["images"], ["ingest", "report", "export"]),
            (["images", "ingest"], ["EXAMPLES", "EXIT CODES", "--new-key", "--passphrase", "--size", "--pseudonyms"]),
            (["images", "report"], ["--json", "--pseudonym-key"]),
            (["images", "export"], ["--key", "--to"]),
            (["agreement", "check"], ["EXAMPLES", "--threshold", "--malicious", "--json"]),
            (["agreement", "show"], ["EXAMPLES", "fingerprints", "--json"]),
            (["agreement", "sign"], ["EXAMPLES", "--accept", "limits", "--json"]),
            (["coordinator"], ["init", "invite", "serve"]),
            (["coordinator", "init"], ["EXAMPLES", "EXIT CODES", "--hospitals", "--privacy", "token", "--json"]),
            (["coordinator", "invite"], ["EXAMPLES", "--withdraw", "--json"]),
            (["hospital"], ["init", "join", "serve"]),
            (["hospital", "init"], ["EXAMPLES", "EXIT CODES", "--data-key", "--epsilon-max", "--json"]),
            (["hospital", "join"], ["EXAMPLES", "fingerprints", "--json"]),
            (["config", "reference"], ["EXAMPLES", "--json"]),
            (["doctor"], ["EXAMPLES", "--dir", "--json"]),
            (["privacy"], ["plan", "budget", "audit"]),
            (["privacy", "plan"], ["EXAMPLES", "EXIT CODES", "--patients", "--sampling-rate", "--json"]),
            (["privacy", "budget"], ["EXAMPLES", "--json"]),
            (["privacy", "audit"], ["EXAMPLES", "EXIT CODES", "--claim", "--canaries", "--json"]),
            (["ledger"], ["verify", "show", "prove"]),
            (["ledger", "verify"], ["--json"]),
            (["ledger", "show"], ["USAGE"]),
            (["ledger", "prove"], ["USAGE"]),
            (["dashboard"], ["serve", "password"]),
            (["dashboard", "serve"], ["EXAMPLES", "--certificate", "--password", "--json", "(default: 8080)"]),
            (["dashboard", "password"], ["EXAMPLES", "--out", "scrypt"]),
        ]

        @Test(arguments: commands)
        func helpTeachesOnStandardOutput(command: [String], taught: [String]) throws {
            let scratch = try Scratch()
            let run = try CordonRun(command + ["--help"], in: scratch)
            #expect(run.status == 0)
            #expect(run.standardError.isEmpty)
            for word in taught { #expect(run.output.contains(word), "the help does not teach \(word)") }
        }

        @Test func theVersionIsPrinted() throws {
            let scratch = try Scratch()
            let run = try CordonRun(["--version"], in: scratch)
            #expect(run.status == 0)
            #expect(run.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
        }
    }
}
