import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Logging
import SQLiteStorage
import Synchronization
import Testing

@testable import Dashboard

/// A real browser, without a window: Debian's `chromium`. One after the other, since each takes a whole processor.
@Suite(
    .serialized,
    .enabled(if: Program.isThere("chromium"), "skipped: chromium is not installed (apt-get install chromium)"))
struct BrowserTests {
    private func browse(_ address: String, _ flags: [String], scripts: Bool = true) async throws -> Program.Answer {
        let profile = FileManager.default.temporaryDirectory.appendingPathComponent("chromium-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: profile) }
        let settings = profile.appendingPathComponent("Default")
        try FileManager.default.createDirectory(at: settings, withIntermediateDirectories: true)
        // 1 allows, 2 forbids, as the settings page of the browser does.
        try Data("{\"profile\":{\"default_content_setting_values\":{\"javascript\":\(scripts ? 1 : 2)}}}".utf8)
            .write(to: settings.appendingPathComponent("Preferences"))
        return try await Program.run(
            "timeout",
            [
                "60", "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                "--user-data-dir=\(profile.path)", "--enable-logging=stderr", "--v=0",
            ] + flags + [address])
    }

    /// What the page itself, not the browser's own services, complained of.
    private func complaints(_ answer: Program.Answer) -> [Substring] {
        answer.standardError.split(separator: "\n").filter { $0.contains(":CONSOLE") }
    }

    @Test(arguments: ["/", "/rounds", "/rounds/1", "/quality", "/hospitals", "/attacks", "/ledger", "/ledger/20"])
    func everyPageLoadsWithoutComplaint(path: String) async throws {
        try await ServedLedger.withEventful(.live) { client in
            let answer = try await browse("http://localhost:\(try #require(client.port))\(path)", ["--dump-dom"])
            #expect(answer.status == 0)
            #expect(complaints(answer).isEmpty)
            #expect(answer.output.contains("<h1>") && answer.output.contains("executed again"))
        }
    }

    /// The same picture, to the last pixel, with scripts forbidden.
    @Test func everythingIsThereWithoutJavaScript() async throws {
        let ledger = try ServedLedger.eventful()
        let server = try DashboardServer(
            follower: ledger.follower { Date(timeIntervalSince1970: 1_800_000_000) },
            options: DashboardOptions(host: "127.0.0.1", port: 0), logger: Logger(label: "test"))
        try await server.application().test(.live) { client in
            for path in ["/", "/rounds", "/ledger/20"] {
                let address = "http://localhost:\(try #require(client.port))\(path)"
                let picture = try await picture(of: address)
                #expect(try await self.picture(of: address, scripts: false) == picture)
                #expect(Array(picture.prefix(4)) == [0x89, 0x50, 0x4e, 0x47] && picture.count > 10_000)
            }
        }
    }

    @Test(arguments: [true, false])
    func scriptsRunOnlyWhereTheyMay(scripts: Bool) async throws {
        let page = "data:text/html,<p id=x>still</p><script>document.getElementById('x').textContent='ran'</script>"
        let answer = try await browse(page, ["--dump-dom"], scripts: scripts)
        #expect(answer.output.contains(scripts ? ">ran<" : ">still<"))
    }

    private func picture(of address: String, scripts: Bool = true) async throws -> Data {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("cordon-\(UUID().uuidString).png")
        defer { try? FileManager.default.removeItem(at: path) }
        let answer = try await browse(
            address, ["--window-size=390,800", "--screenshot=\(path.path)"], scripts: scripts)
        #expect(complaints(answer).isEmpty)
        return try Data(contentsOf: path)
    }

    /// The open page draws itself anew when the ledger grows, which it does when the script asks the third time.
    @Test func theOpenPageFollows() async throws {
        let ledger = try ServedLedger.eventful()
        try ledger.federation.commit([4])
        let record = try #require(ledger.federation.log.records.last)
        let store = ledger.store
        let looks = Mutex(0)
        let follower = ledger.follower {
            let count = looks.withLock { looks in
                looks += 1
                return looks
            }
            if count == 4 { #expect(throws: Never.self) { try store.append(record, leafHash: record.leafHash) } }
            return Date()
        }
        let server = try DashboardServer(
            follower: follower, options: DashboardOptions(host: "127.0.0.1", port: 0), logger: Logger(label: "test"))
        try await server.application().test(.live) { client in
            let address = "http://localhost:\(try #require(client.port))/rounds"
            let answer = try await browse(address, ["--virtual-time-budget=20000", "--dump-dom"])
            #expect(complaints(answer).isEmpty)
            #expect(answer.output.contains("hospital-4, round 3: committed"))
            #expect(answer.output.contains("The ledger grew; this page was updated."))
        }
    }
}
