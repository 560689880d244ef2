import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Logging
import SQLiteStorage
import Synchronization
import Testing

@testable import Dashboard

/// A real browser, without a window: Debian's `chromium`.
@Suite(.enabled(if: Program.isThere("chromium"), "skipped: chromium is not installed (apt-get install chromium)"))
struct BrowserTests {
    private func browse(_ address: String, _ flags: [String]) async throws -> Program.Answer {
        let profile = FileManager.default.temporaryDirectory.appendingPathComponent("chromium-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: profile) }
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
                #expect(try await self.picture(of: address, ["--blink-settings=scriptEnabled=false"]) == picture)
                #expect(Array(picture.prefix(4)) == [0x89, 0x50, 0x4e, 0x47] && picture.count > 10_000)
            }
        }
    }

    private func picture(of address: String, _ flags: [String] = []) async throws -> Data {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("cordon-\(UUID().uuidString).png")
        defer { try? FileManager.default.removeItem(at: path) }
        let answer = try await browse(address, ["--window-size=390,800", "--screenshot=\(path.path)"] + flags)
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
