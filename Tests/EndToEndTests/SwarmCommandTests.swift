import Foundation
import Testing

extension EndToEnd {
    @Suite("cordon swarm")
    struct SwarmCommandTests {
        private struct Answer: Decodable {
            struct Tally: Decodable {
                let runs: Int
                let failedSeeds: [UInt64]
                let messages: Int
            }
            let tally: Tally
        }

        @Test func seedsAreRunAndCounted() throws {
            let scratch = try Scratch()
            let run = try CordonRun(["swarm", "--seeds", "7..<9", "--json"], in: scratch)
            #expect(run.status == 0, "\(run.standardError)")
            let tally = try JSONDecoder().decode(Answer.self, from: run.standardOutput).tally
            #expect(tally.runs == 2 && tally.failedSeeds.isEmpty && tally.messages > 100)
        }

        @Test func aSeedIsToldLineByLineAndTheSameTwice() throws {
            let scratch = try Scratch()
            let first = try CordonRun(["swarm", "--trace", "7"], in: scratch)
            let second = try CordonRun(["swarm", "--trace", "7"], in: scratch)
            #expect(first.status == 0 && first.output.hasPrefix("seed 7: "))
            #expect(first.output.contains("every invariant held"))
            #expect(first.output == second.output)
        }

        @Test(arguments: [["--seeds", "9..<3"], ["--seeds", "all"], ["--workers", "0"], ["--trace", "-1"]])
        func impossibleFlagsAreRefused(flags: [String]) throws {
            let scratch = try Scratch()
            let run = try CordonRun(["swarm"] + flags, in: scratch)
            #expect(run.status == 64 && run.standardError.hasPrefix("error: "))
            #expect(run.standardOutput.isEmpty)
        }
    }
}
