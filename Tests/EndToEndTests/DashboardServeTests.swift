import Foundation
import Report
import Testing

extension EndToEnd {
    @Suite("cordon dashboard")
    struct DashboardServeTests {
        private struct Serving: Decodable {
            let address: String
            let directory: String
        }

        @Test(arguments: [SIGTERM, SIGINT])
        func servesARunUntilASignalEndsIt(signal: Int32) throws {
            let scratch = try Scratch()
            _ = try SmallRun.succeed(SmallRun.arguments(), in: scratch)
            let before = try scratch.files(below: "run")
            let serving = try CordonRun(
                ["dashboard", "serve", "run", "--port", "0", "--json"], in: scratch, signal: signal,
                afterShowing: "\"address\"")
            #expect(serving.status == 0 && serving.standardError.isEmpty)
            let told = try JSONDecoder().decode(Serving.self, from: serving.standardOutput)
            #expect(told.address.wholeMatch(of: /http:\/\/127\.0\.0\.1:[1-9]\d*\//) != nil)
            #expect(told.directory == "run/ledger")
            #expect(try scratch.files(below: "run") == before)
            #expect(try CordonRun(["ledger", "verify", "run/ledger"], in: scratch).status == 0)
        }

        /// The binary's pages, with the real agreement's checks behind them.
        @Test func thePagesTellOfTheRun() throws {
            let scratch = try Scratch()
            let (_, summary) = try SmallRun.succeed(SmallRun.arguments(), in: scratch)
            let run = try CordonRun(
                script: """
                    "$CORDON" dashboard serve run/ledger --port 0 --traces traces.jsonl > address & server=$!
                    while ! grep -q http address; do sleep 0.05; done
                    base=$(sed 's/.* //' address)
                    for page in rounds quality readyz "ledger/$(( \(summary.ledger.size) - 1 ))"; do
                        curl -sf "$base$page" || echo "FAILED $page"
                    done
                    kill $server; wait $server
                    """, in: scratch)
            #expect(run.status == 0)
            #expect(run.output.contains("hospital-1, round 1: accepted") && run.output.contains("ready\n"))
            #expect(run.output.contains("Learning together") && run.output.contains("SYNTHETIC IMAGES"))
            #expect(run.output.contains(summary.ledger.root) && !run.output.contains("FAILED"))
            let traces = String(decoding: try scratch.data("traces.jsonl"), as: UTF8.self)
            #expect(traces.split(separator: "\n").count == 1 && traces.contains("\"resourceSpans\""))
        }

        @Test func refusesToBeOpenToAll() throws {
            let scratch = try Scratch()
            try FileManager.default.createDirectory(at: scratch.url("ledger"), withIntermediateDirectories: true)
            let run = try CordonRun(["dashboard", "serve", "ledger", "--address", "0.0.0.0"], in: scratch)
            #expect(run.status == 64 && run.standardOutput.isEmpty)
            #expect(run.standardError.contains("TLS (--certificate and --key) and a login (--password"))
            let missing = try CordonRun(["dashboard", "serve", "nowhere"], in: scratch)
            #expect(missing.status == 66 && missing.standardError.contains("nowhere: there is no such directory"))
        }

        @Test func aTakenPortIsExplained() throws {
            let scratch = try Scratch()
            let run = try CordonRun(
                script: """
                    mkdir ledger
                    "$CORDON" dashboard serve ledger --port 0 > address & server=$!
                    while ! grep -q http address; do sleep 0.05; done
                    port=$(sed 's/.*:\\([0-9]*\\).*/\\1/' address)
                    "$CORDON" dashboard serve ledger --port "$port"; echo "status $?"
                    kill $server; wait $server
                    """, in: scratch)
            #expect(run.output.contains("status 74"))
            #expect(run.standardError.contains("cannot be listened on"))
        }

        @Test func aPasswordFileIsMadeOnceAndFromALongPassword() throws {
            let scratch = try Scratch()
            let run = try CordonRun(
                script: """
                    echo too-short | "$CORDON" dashboard password --out p.json; echo "status $?"
                    echo long-enough-password | "$CORDON" dashboard password --out p.json --json
                    echo long-enough-password | "$CORDON" dashboard password --out p.json; echo "status $?"
                    stat -c %a p.json
                    """, in: scratch)
            #expect(
                run.output.contains("status 64") && run.output.contains("status 73") && run.output.hasSuffix("600\n"))
            #expect(run.output.contains("\"passwordFile\""))
            #expect(!String(decoding: try scratch.data("p.json"), as: UTF8.self).contains("long-enough-password"))
        }
    }
}
