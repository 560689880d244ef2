import Foundation
import Report
import Testing

extension EndToEnd {
    @Suite("Output that cannot be written, and runs that are stopped")
    struct OutputTests {
        @Test func aFileIsNoDirectory() throws {
            let scratch = try Scratch()
            try scratch.write("precious", to: "note.txt")
            for place in ["note.txt", "note.txt/below"] {
                let run = try CordonRun(SmallRun.arguments("--out", place), in: scratch)
                #expect(run.status == 73)
                #expect(run.standardError.contains("note.txt is a file"))
            }
            #expect(try scratch.data("note.txt") == Data("precious".utf8))
        }

        @Test func foreignFilesAreLeftAlone() throws {
            let scratch = try Scratch()
            try scratch.write("precious", to: "run/thesis.tex")
            try scratch.write("an old one", to: "run/summary.json")
            let run = try CordonRun(SmallRun.arguments(), in: scratch)
            #expect(run.status == 73)
            #expect(run.standardError.contains("thesis.tex") && run.standardError.contains("--out run"))
            #expect(try scratch.files(below: "run") == ["run/summary.json", "run/thesis.tex"])
        }

        @Test func anEarlierRunGivesWay() throws {
            let scratch = try Scratch()
            let (_, first) = try SmallRun.succeed(SmallRun.arguments("--seed", "1"), in: scratch)
            try scratch.write("half", to: "run/summary.json.partial")
            let (_, second) = try SmallRun.succeed(SmallRun.arguments("--seed", "2"), in: scratch)
            #expect(first.ledger.root != second.ledger.root)
            #expect(!scratch.has("run/summary.json.partial"))
        }

        @Test func anEarlierRunOutlivesOneThatCannotBegin() throws {
            let scratch = try Scratch()
            let (_, first) = try SmallRun.succeed(SmallRun.arguments(), in: scratch)
            let before = try scratch.files(below: "run")
            let run = try CordonRun(SmallRun.arguments("--data", "nowhere.csv"), in: scratch)
            #expect(run.status == 66)
            #expect(try scratch.files(below: "run") == before)
            #expect(try RunSummary(json: try scratch.data("run/summary.json")).ledger.root == first.ledger.root)
        }

        @Test func aLimitOnFileSizeIsSaid() throws {
            let scratch = try Scratch()
            let run = try CordonRun(script: "ulimit -f 16; exec $CORDON \(Self.line)", in: scratch)
            #expect(run.status == 74)
            #expect(run.standardError.contains("\nerror: run/"))
            #expect(!scratch.has("run/summary.json"))
        }

        private static var line: String { SmallRun.arguments("--json").joined(separator: " ") }

        /// Whether this process may mount a small file system in a name space of its own.
        static let mayMount: Bool = {
            do {
                let scratch = try Scratch()
                return try CordonRun(script: "unshare -m mount -t tmpfs tmpfs .", in: scratch).status == 0
            } catch {
                return false
            }
        }()

        @Test(
            .enabled(if: mayMount, "SKIPPED: a full disk needs the right to mount a tmpfs"),
            arguments: [16, 256, 1024, -1])
        func aFullDiskIsSaid(kibibytes: Int) throws {
            let scratch = try Scratch()
            var size = kibibytes
            if kibibytes < 0 {
                _ = try SmallRun.succeed(SmallRun.arguments(), in: scratch)
                // All but the last page of what a whole run takes.
                let bytes = try scratch.files(below: "run").map { try scratch.data($0).count }
                size = bytes.map { ($0 + 4095) / 4096 * 4 }.reduce(0, +) - 4
                try FileManager.default.removeItem(at: scratch.url("run"))
            }
            let script = """
                mkdir run && exec unshare -m sh -c 'mount -t tmpfs -o size=\(size)k tmpfs run || exit 99
                "$CORDON" \(Self.line); status=$?; test ! -e run/summary.json || exit 98; exit $status'
                """
            let run = try CordonRun(script: script, in: scratch)
            #expect(run.status == 74)
            #expect(run.standardOutput.isEmpty)
            let isNamed = ["No space left on device", "disk is full"].contains { run.standardError.contains($0) }
            #expect(run.standardError.contains("\nerror: "))
            #expect(isNamed, "the full disk is not named in: \(run.standardError)")
        }

        @Test func aFullStandardOutputIsAFailure() throws {
            let scratch = try Scratch()
            let run = try CordonRun(script: "exec $CORDON \(Self.line) > /dev/full", in: scratch)
            #expect(run.status == 74)
            #expect(run.standardError.contains("standard output"))
        }

        @Test func aReaderThatGoesAwayIsNone() throws {
            let scratch = try Scratch()
            let script = "{ $CORDON \(SmallRun.arguments().joined(separator: " ")); echo $? > status; } | head -n 1"
            let run = try CordonRun(script: script, in: scratch)
            #expect(run.status == 0)
            #expect(try scratch.data("status") == Data("0\n".utf8))
            #expect(scratch.has("run/summary.json") && scratch.has("run/report.html"))
        }

        @Test(arguments: [SIGINT, SIGKILL])
        func aStoppedRunLeavesNoSummary(signal: Int32) throws {
            let scratch = try Scratch()
            let run = try CordonRun(
                SmallRun.arguments("--rounds", "1000"), in: scratch, signal: signal, afterShowing: "/1000")
            #expect(run.status != 0)
            #expect(!run.output.contains("round 1000/1000"))
            #expect(!scratch.has("run/summary.json") && !scratch.has("run/report.html"))
            _ = try SmallRun.succeed(SmallRun.arguments(), in: scratch)
        }
    }
}
