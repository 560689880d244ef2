import Federation
import FederationSetup
import Foundation
import Testing

@Suite("A token")
struct TokenTests {
    private func token() throws -> JoinToken {
        JoinToken(
            address: try ServiceAddress(parsing: "cordon.example:8443"), coordinatorKey: Array(0..<32),
            hospital: "north", secret: Array(repeating: 7, count: 32), expires: Instant(milliseconds: 1_800_000_000_000))
    }

    @Test func isOneLineAndComesBack() throws {
        let token = try token()
        #expect(token.text.hasPrefix("cordon1:") && !token.text.contains("\n"))
        #expect(try JoinToken(parsing: token.text) == token)
        #expect(try JoinToken(parsing: "  \(token.text)\n") == token)
    }
}
