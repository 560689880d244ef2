import ArgumentParser
import FederationSetup
import Foundation
import Ledger

/// `cordon agreement sign`: a hospital's signature of the draft that it fetched.
struct AgreementSignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Check the draft in a hospital's directory against its own limits, show it, and sign it.",
        discussion: """
            The draft comes with cordon hospital join. Nothing beyond the limits in hospital.yaml is signed. Asks on a \
            terminal; without one, name the digest that you looked at. The signature travels with the next \
            cordon hospital join TOKEN.

            EXAMPLES
              cordon agreement sign --dir site
              cordon agreement sign --dir site --accept 4f1c…(64 digits, from cordon agreement show)
            """)

    @Option(help: ArgumentHelp("Directory of the hospital.", valueName: "directory"))
    var dir: String

    @Option(help: ArgumentHelp("Sign without asking if the agreement has this digest.", valueName: "digest"))
    var accept: String?

    @Flag(help: "Print the answer as JSON.")
    var json = false

    private struct Output: Encodable {
        let digest: String
        let signed: Bool
        let missingSignatures: [String]
    }

    func run() throws {
        let directory = HospitalDirectory(dir)
        let draft = try StoredAgreement.read(dir)
        let objections = try directory.review(draft).objections
        guard objections.isEmpty else {
            throw CommandFailure(
                .checkFailed,
                "this hospital does not sign:" + objections.map { "\n  - \($0.what): \($0.advice)" }.joined())
        }
        if !json { StandardStreams.write(try AgreementSheet(draft).text, to: .standardOutput) }
        let consent = AgreementConsent(
            accepted: accept, advice: "there is no terminal to ask on: pass --accept \(draft.digest.hex)")
        let signed = try consent.consent(to: draft) == .sign ? try directory.sign(draft) : nil
        let output = Output(
            digest: draft.digest.hex, signed: signed != nil, missingSignatures: (signed ?? draft).missing)
        if json {
            try StandardStreams.write(json: output)
        } else {
            StandardStreams.write(
                signed == nil ? "not signed\n" : "signed; cordon hospital join sends it\n", to: .standardOutput)
        }
        if signed == nil { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }
}
