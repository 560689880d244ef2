import Foundation
import Testing

/// What the command line says to wrong input, and with which exit code.
@Suite("The command line")
struct CommandLineTests {
    @Test(
        "refuses what cannot be, says why and what to do, and makes nothing",
        arguments: [
            (["--hospitals", "2"], "at least 3 hospitals"), (["--threshold", "3"], "too small"),
            (["--threshold", "5"], "too great"), (["--threshold", "6"], "fewer hospitals"),
            (["--model", "vit"], "choose one of cnn, scattering"), (["--attack", "magic"], "choose one of backdoor"),
            (["--attackers", "1"], "--attack"),
            (["--attack", "scaling", "--attackers", "5"], "at least one must be honest"),
            (["--attack", "tampering-coordinator", "--attackers", "1"], "coordinator"),
            (["--privacy", "eps=8"], "epsilon=NUMBER"), (["--privacy", "epsilon=0"], "above 0"),
            (["--defence", "maybe"], "on or off"), (["--vanish", "1@lunch"], "phase is unknown"),
            (["--vanish", "0@sum"], "positive number"), (["--vanish", "1@sum:99"], "beyond --rounds"),
            (["--network", "loss=2"], "probability"), (["--network", "colour=1"], "unknown"),
            (["--image-size", "4"], "16 … 512"), (["--rounds", "many"], "invalid"),
            (["--frobnicate"], "Unknown option"),
            (["--heterogeneity", "-1"], "0.01 … 1000"),
        ])
    func refusesUsage(flags: [String], words: String) throws {
        let out = FileManager.default.temporaryDirectory.appendingPathComponent("cordon-\(UUID().uuidString)").path
        let joined = flags.count == 2 && flags[1].hasPrefix("-") ? ["\(flags[0])=\(flags[1])"] : flags
        let run = try BuiltProgram().run(["simulate", "--out", out] + joined)
        #expect(run.status == 64)
        #expect(run.errors.hasPrefix("error: "))
        #expect(run.errors.contains(words), "\(run.errors)")
        #expect(run.output.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: out))
    }

    @Test func needsAnOutputDirectory() throws {
        let run = try BuiltProgram()("simulate")
        #expect(run.status == 64)
        #expect(run.errors.contains("--out"))
    }

    @Test func keepsSomebodysDirectory() throws {
        let out = FileManager.default.temporaryDirectory.appendingPathComponent("cordon-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: out) }
        let thesis = out.appendingPathComponent("thesis.txt")
        try Data("years of work".utf8).write(to: thesis)
        let run = try BuiltProgram()("simulate", "--out", out.path)
        #expect(run.status == 73)
        #expect(run.errors.contains("thesis.txt"))
        #expect(try String(contentsOf: thesis, encoding: .utf8) == "years of work")
    }

    @Test func cannotMakeADirectoryBelowAFile() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("cordon-\(UUID().uuidString)")
        try Data().write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let run = try BuiltProgram()("simulate", "--out", file.path + "/run")
        #expect(run.status == 73)
        #expect(run.errors.hasPrefix("error: --out "))
    }

    @Test("says what is missing", arguments: ["verify", "show"])
    func missingLedger(command: String) throws {
        let run = try BuiltProgram()("ledger", command, "/nonexistent/ledger")
        #expect(run.status == 66)
        #expect(run.errors.contains("/nonexistent/ledger"))
    }

    @Test func missingData() throws {
        let out = FileManager.default.temporaryDirectory.appendingPathComponent("cordon-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: out) }
        let run = try BuiltProgram()("simulate", "--out", out, "--data", "/nonexistent/manifest.csv")
        #expect(run.status == 66)
        #expect(run.errors.contains("/nonexistent/manifest.csv"))
    }

    @Test func helps() throws {
        let program = try BuiltProgram()
        let help = try program("help", "simulate")
        #expect(help.status == 0)
        for word in ["--vanish", "--network", "--baselines", "EXIT CODES", "EXAMPLES"] {
            #expect(help.output.contains(word))
        }
        #expect(try program("--version").output.split(separator: ".").count == 3)
        #expect(try program("ledger", "--help").output.contains("prove"))
    }
}
