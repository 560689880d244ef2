import Testing

extension EndToEnd {
    @Suite("A bad command line ends with 64, says why, and touches nothing")
    struct BadFlagTests {
        /// Flags that make a good run bad, and words that the message must hold.
        static let cases: [([String], [String])] = [
            (["--hospitals", "2"], ["--hospitals 2", "at least 3"]),
            (["--hospitals", "101"], ["--hospitals 101", "at most 100"]),
            (["--hospitals", "five"], ["five", "--hospitals"]),
            (["--hospitals", "5", "--threshold", "3"], ["--threshold 3", "too small", "only 4"]),
            (["--hospitals", "5", "--threshold", "5"], ["--threshold 5", "too great", "only 4"]),
            (["--hospitals", "5", "--threshold", "6"], ["--threshold 6", "fewer hospitals"]),
            (["--image-size", "15"], ["--image-size 15", "16 … 512"]),
            (["--image-size", "513"], ["--image-size 513", "16 … 512"]),
            (["--rounds", "0"], ["--rounds 0"]),
            (["--rounds", "-3"], ["--rounds -3"]),
            (["--local-epochs", "0"], ["--local-epochs 0"]),
            (["--seed", "-1"], ["'-1'", "--seed"]),
            (["--model", "transformer"], ["--model transformer", "cnn, scattering"]),
            (["--privacy", "on"], ["--privacy on", "epsilon=8"]),
            (["--privacy", "epsilon=0"], ["epsilon=0", "above 0"]),
            (["--privacy", "epsilon=nan"], ["epsilon=nan", "above 0"]),
            (["--attack", "nuke"], ["--attack nuke", "sign-flip", "bad-dealer"]),
            (["--attackers", "1"], ["--attackers 1", "--attack"]),
            (["--attack", "scaling", "--attackers", "3"], ["--attackers 3", "honest"]),
            (["--defence", "maybe"], ["--defence maybe", "on or off"]),
            (["--ledger", "fabric"], ["--ledger fabric", "embedded or witnessed or evm"]),
            (["--heterogeneity", "0"], ["--heterogeneity", "0.01"]),
            (["--heterogeneity", "-1"], ["--heterogeneity -1", "0.01"]),
            (["--vanish", "1@nowhere"], ["--vanish 1@nowhere", "commit", "sum"]),
            (["--vanish", "1@sum:2"], ["round 2", "--rounds 1"]),
            (["--vanish", "4@sum"], ["4 hospitals", "of 3"]),
            (["--network", "loss=2"], ["--network loss=2", "probability"]),
            (["--network", "speed=1"], ["--network speed=1", "loss="]),
            (["--data", ""], ["--data", "empty"]),
            (["--data", "synthetic:0"], ["synthetic:0", "synthetic:600"]),
            (["--data", "synthetic:12"], ["12 synthetic images", "40 or more"]),
            (["--out", ""], ["--out", "empty"]),
            (["--frobnicate"], ["--frobnicate", "cordon help"]),
            (["surplus"], ["surplus", "cordon help"]),
        ]

        @Test(arguments: cases)
        func simulate(flags: [String], words: [String]) throws {
            let scratch = try Scratch()
            let run = try CordonRun(SmallRun.arguments() + flags, in: scratch)
            #expect(run.status == 64)
            #expect(run.standardError.hasPrefix("error: "))
            for word in words {
                #expect(run.standardError.contains(word), "\"\(word)\" is not in: \(run.standardError)")
            }
            #expect(run.standardOutput.isEmpty || flags.contains { $0.hasPrefix("synthetic") })
            #expect(!scratch.has("run/summary.json"))
        }

        @Test(arguments: [["simulate"], ["frobnicate"], ["ledger", "frobnicate"], ["ledger", "verify"]])
        func commands(arguments: [String]) throws {
            let scratch = try Scratch()
            let run = try CordonRun(arguments, in: scratch)
            #expect(run.status == 64)
            #expect(run.standardError.hasPrefix("error: ") && run.standardError.contains("cordon help"))
            #expect(run.standardOutput.isEmpty)
        }
    }
}
