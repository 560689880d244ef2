import Federation
import FederationSetup
import Foundation

/// A token as the program prints it.
struct InvitationOutput: Encodable {
    let hospital: String
    let token: String
    /// ISO 8601.
    let expires: String

    init(_ token: JoinToken) {
        hospital = token.hospital
        self.token = token.text
        expires = Date(timeIntervalSince1970: Double(token.expires.milliseconds) / 1000).ISO8601Format()
    }

    var text: String { "\(hospital)  (until \(expires))\n\(token)" }
}
