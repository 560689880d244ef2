import Federation
import FederationSetup
import Ledger
import Testing

@Suite("A token")
struct TokenTests {
    private func token() throws -> JoinToken {
        JoinToken(
            address: try ServiceAddress(parsing: "[2001:db8::7]:8443"), coordinatorKey: Array(0..<32),
            hospital: "north", secret: Array(repeating: 7, count: 32), expires: Instant(milliseconds: 1_800_000_000_000)
        )
    }

    @Test func isOneLineAndComesBack() throws {
        let token = try token()
        #expect(token.text.hasPrefix("cordon1:") && !token.text.contains { $0.isWhitespace })
        #expect(try JoinToken(parsing: token.text) == token)
        #expect(try JoinToken(parsing: "  \(token.text)\n") == token)
    }

    /// Every character replaced by another of the alphabet, and every shortening, is said to be mistyped.
    @Test func oneThatIsMistypedIsSaidToBe() throws {
        let text = Array(try token().text)
        for position in "cordon1:".count..<text.count {
            var other = text
            other[position] = other[position] == "A" ? "B" : "A"
            let error = #expect(throws: SetupError.self) { try JoinToken(parsing: String(other)) }
            #expect(error?.message.contains("mistyped") == true)
            #expect(throws: SetupError.self) { try JoinToken(parsing: String(text.prefix(position))) }
        }
    }

    @Test(arguments: ["", "cordon2:AAAA", "hello", "cordon1", String(repeating: "a", count: 10_000)])
    func somethingElseIsNoToken(text: String) {
        let error = #expect(throws: SetupError.self) { try JoinToken(parsing: text) }
        #expect(error?.message.contains("no token") == true)
    }

    @Test(arguments: ["", "host", "host:", "host:0", "host:65536", ":8443", "a b:1", "2001:db8::7:8443", "h\u{1b}:1"])
    func anAddressWithoutHostOrPortIsRefused(text: String) {
        #expect(throws: SetupError.self) { try ServiceAddress(parsing: text) }
    }

    /// `head -c 32 /dev/zero | sha256sum`.
    @Test func aFingerprintIsTheSHA256OfTheKey() {
        let known = "6668 7aad f862 bd77 6c8f c18b 8e9f 8e20 0897 1485 6ee2 33b3 902a 591d 0d5f 2925"
        #expect("\(Fingerprint(of: [UInt8](repeating: 0, count: 32)))" == known)
    }
}
