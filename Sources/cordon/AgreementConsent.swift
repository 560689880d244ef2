import FederationSetup
import Foundation
import Ledger

/// How whoever answers for a hospital agrees: by the digest on the command line, or by a word on the terminal.
struct AgreementConsent: Sendable {
    /// Digest given beforehand; nil asks.
    let accepted: String?
    /// What to do when nobody can be asked.
    let advice: String

    /// - Throws: `CommandFailure` when another digest was given beforehand, or nobody can be asked.
    func consent(to signed: SignedAgreement) throws -> Consent {
        if let accepted {
            guard accepted.lowercased() == signed.digest.hex else {
                throw CommandFailure(
                    .checkFailed,
                    "the agreement's digest is \(signed.digest.hex), and \(accepted.prefix(64)) was accepted: look at "
                        + "what changed with cordon agreement show")
            }
            return .sign
        }
        guard isatty(STDIN_FILENO) == 1 else { throw CommandFailure(.usage, advice) }
        StandardStreams.write("Sign this agreement? Write yes to sign, anything else to leave it: ", to: .standardError)
        return readLine(strippingNewline: true)?.lowercased() == "yes" ? .sign : .later
    }
}
