import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import RingArithmetic
import Testing

@testable import Dashboard

@Suite struct AccessTests {
    private static let password = "correct horse battery"

    /// A password file, and a certificate with its key where there is openssl.
    private final class Secrets {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cordon-\(UUID().uuidString)").path
        var password: String { folder + "/password.json" }
        var certificate: String { folder + "/certificate.pem" }
        var key: String { folder + "/key.pem" }

        init() throws {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            var generator = SystemRandomNumberGenerator()
            try PasswordFile(hashing: Array(AccessTests.password.utf8), using: &generator).json
                .write(to: URL(fileURLWithPath: password))
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        func makeCertificate() async throws {
            let status = try await Program.run(
                "openssl",
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                    "/CN=localhost", "-keyout", key, "-out", certificate, "-days", "2",
                ]
            ).status
            try #require(status == 0)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        }
    }

    private func form(_ password: String) -> ByteBuffer {
        ByteBuffer(string: "password=" + password.replacing(" ", with: "+"))
    }

    @Test(arguments: ["0.0.0.0", "192.0.2.1", "::", "example.org", "127.0.0.1.example.org"])
    func othersNeedTLSAndLogin(host: String) throws {
        let bare = #expect(throws: DashboardError.self) { try DashboardOptions(host: host, port: 0) }
        #expect(bare?.code == .refused)
        #expect(bare?.message.contains("TLS") == true && bare?.message.contains("login") == true)
        let open = #expect(throws: DashboardError.self) {
            try DashboardOptions(host: host, port: 0, certificatePath: "c", keyPath: "k")
        }
        #expect(open?.message.contains("login") == true && open?.message.contains("TLS (") == false)
        #expect(throws: DashboardError.self) { try DashboardOptions(host: host, port: 0, passwordPath: "p") }
        _ = try DashboardOptions(host: host, port: 0, certificatePath: "c", keyPath: "k", passwordPath: "p")
    }

    @Test(arguments: ["127.0.0.1", "127.8.9.1", "localhost", "::1"])
    func thisMachineNeedsNeither(host: String) throws {
        _ = try DashboardOptions(host: host, port: 0)
        #expect(throws: DashboardError.self) { try DashboardOptions(host: host, port: 65_536) }
        #expect(throws: DashboardError.self) { try DashboardOptions(host: host, port: 0, certificatePath: "c") }
    }

    @Test func everyAnswerForbidsTheForeign() async throws {
        try await ServedLedger.withEventful(.router) { client in
            for path in ServedLedger.paths + ["/style.css", "/live.js", "/version", "/healthz", "/nothing"] {
                let headers = try await client.execute(uri: path, method: .get).headers
                let policy = try #require(headers[.contentSecurityPolicy])
                #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
                #expect(!policy.contains("http") && !policy.contains("*") && !policy.contains("unsafe-eval"))
                #expect(headers[.xContentTypeOptions] == "nosniff")
                for (name, value) in [("X-Frame-Options", "DENY"), ("Referrer-Policy", "no-referrer")] {
                    #expect(headers[try #require(HTTPField.Name(name))] == value, "\(name) of \(path)")
                }
                #expect(headers[.cacheControl] == "no-store", "\(path)")
            }
            for method in [HTTPRequest.Method.post, .put, .delete, .patch] {
                let status = try await client.execute(uri: "/rounds", method: method).status
                #expect(status == .notFound || status == .methodNotAllowed, "\(method)")
            }
        }
    }

    @Test func namesOfOtherMachinesAreTurnedAway() async throws {
        try await ServedLedger.withEventful(.live) { client in
            let port = try #require(client.port)
            for (host, status) in [
                ("localhost:\(port)", "200"), ("127.0.0.1", "200"), ("[::1]:80", "200"), ("rebound.example", "421"),
                ("localhost.example:80", "421"), ("", "400"),
            ] {
                let answer = try await Program.run(
                    "curl",
                    ["-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", "Host: \(host)", "http://localhost:\(port)/"])
                #expect(answer.output == status || (host.isEmpty && answer.output != "200"), "\(host)")
            }
        }
    }

    @Test func onlyThePasswordOpens() async throws {
        let secrets = try Secrets()
        let options = try DashboardOptions(host: "127.0.0.1", port: 0, passwordPath: secrets.password)
        try await ServedLedger.withEventful(.live, options) { client in
            for path in ServedLedger.paths + ["/live.js"] {
                let answer = try await client.execute(uri: path, method: .get)
                #expect(answer.headers[.location] == "/login" && answer.body.readableBytes == 0, "\(path)")
            }
            #expect(try await client.execute(uri: "/version", method: .get).status == .unauthorized)
            #expect(try await client.execute(uri: "/healthz", method: .get).status == .ok)
            let wrong = try await client.execute(uri: "/login", method: .post, body: form("wrong horse battery"))
            #expect(wrong.status == .unauthorized && wrong.headers[.setCookie] == nil)
            let empty = try await client.execute(uri: "/login", method: .post, body: ByteBuffer(string: "x"))
            #expect(empty.status == .badRequest)
            let right = try await client.execute(uri: "/login", method: .post, body: form(Self.password))
            let cookie = try #require(right.headers[.setCookie])
            #expect(right.status == .seeOther)
            for word in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=28800"] { #expect(cookie.contains(word)) }
            let token = String(cookie.prefix { $0 != ";" })
            let inside = try await client.execute(uri: "/rounds", method: .get, headers: [.cookie: token])
            #expect(inside.status == .ok && String(buffer: inside.body).contains("Log out"))
            let forged = String(token.dropLast()) + (token.hasSuffix("0") ? "1" : "0")
            #expect(try await client.execute(uri: "/", method: .get, headers: [.cookie: forged]).status != .ok)
            _ = try await client.execute(uri: "/logout", method: .post, headers: [.cookie: token])
            #expect(try await client.execute(uri: "/", method: .get, headers: [.cookie: token]).status != .ok)
        }
    }

    @Test func manyAttemptsMustWait() {
        var throttle = LoginThrottle()
        for _ in 0..<5 { #expect(throttle.attempt(from: "a", at: 1_000) == nil) }
        #expect(throttle.attempt(from: "a", at: 1_000) == 30)
        #expect(throttle.attempt(from: "b", at: 1_000) == nil, "one visitor does not lock out another")
        #expect(throttle.attempt(from: "a", at: 1_029) == 1)
        #expect(throttle.attempt(from: "a", at: 1_030) == nil)
        #expect(throttle.attempt(from: "a", at: 900) != nil, "a clock that goes back gives nothing")
        let allowed = (0..<10_000).filter { throttle.attempt(from: "\($0)", at: 2_000) == nil }.count
        #expect(allowed == 20, "many addresses together are bounded too")
    }

    @Test func theSixthAttemptIsNotLookedAt() async throws {
        let secrets = try Secrets()
        let sessions = Sessions(password: try PasswordFile(path: secrets.password))
        for _ in 0..<5 { _ = await sessions.logIn([1], from: "x") }
        guard case .tooSoon(let wait) = await sessions.logIn(Array(Self.password.utf8), from: "x") else {
            Issue.record("the sixth attempt was looked at")
            return
        }
        #expect((1...30).contains(wait))
    }

    @Test(.enabled(if: Program.isThere("openssl"), "skipped: openssl is not installed"))
    func withTLSTheCookieIsSecure() async throws {
        let secrets = try Secrets()
        try await secrets.makeCertificate()
        let options = try DashboardOptions(
            host: "0.0.0.0", port: 0, certificatePath: secrets.certificate, keyPath: secrets.key,
            passwordPath: secrets.password)
        try await ServedLedger.withEventful(.ahc(.https), options) { client in
            let address = "https://localhost:\(try #require(client.port))/login"
            let login = try await Program.run("curl", ["-ski", "--tlsv1.3", address])
            #expect(login.output.contains("Strict-Transport-Security: max-age=31536000"))
            let right = try await Program.run(
                "curl", ["-ski", "--data-urlencode", "password=\(Self.password)", address])
            let cookie = try #require(right.output.firstMatch(of: /Set-Cookie: __Host-cordon=.*/))
            #expect(cookie.output.contains("; Secure") && cookie.output.contains("; HttpOnly"))
            let old = try await Program.run("curl", ["-sk", "--tls-max", "1.2", address])
            #expect(old.status != 0 && old.output.isEmpty, "TLS 1.2 is not spoken")
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: secrets.key)
        let readable = #expect(throws: DashboardError.self) {
            _ = try ServedLedger.eventful().server(options).application()
        }
        #expect(readable?.message.contains("chmod 600") == true)
        let other = try Secrets()
        try await other.makeCertificate()
        let mixed = try DashboardOptions(
            host: "0.0.0.0", port: 0, certificatePath: other.certificate, keyPath: secrets.key,
            passwordPath: secrets.password)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secrets.key)
        #expect(throws: DashboardError.self) { _ = try ServedLedger.eventful().server(mixed).application() }
    }

    @Test func passwordFilesAreCheckedAndHoldNoPassword() throws {
        let secrets = try Secrets()
        let text = try String(contentsOfFile: secrets.password, encoding: .utf8)
        #expect(!text.contains(Self.password))
        let file = try PasswordFile(path: secrets.password)
        #expect(file.accepts(Array(Self.password.utf8)) && !file.accepts([]) && !file.accepts([0]))
        for (bad, code) in [
            ("{}", DashboardError.Code.malformed), (text.replacing("131072", with: "2"), .malformed),
            (text.replacing("131072", with: "1073741824"), .malformed), ("hunter2", .malformed),
        ] {
            let path = secrets.folder + "/bad.json"
            try Data(bad.utf8).write(to: URL(fileURLWithPath: path))
            #expect(#expect(throws: DashboardError.self) { try PasswordFile(path: path) }?.code == code)
        }
        #expect(#expect(throws: DashboardError.self) { try PasswordFile(path: "/nowhere") }?.code == .unreadable)
        var generator = SystemRandomNumberGenerator()
        #expect(throws: DashboardError.self) { try PasswordFile(hashing: Array("short".utf8), using: &generator) }
    }
}
