import ArgumentParser
import FederationSetup
import Ledger

/// `cordon hospital renew`: from the agreement in force to the one after it.
struct HospitalRenewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew",
        abstract: "Look at the agreement that is to follow the one in force, and sign it.",
        discussion: """
            For members that stay when the coordinator renews the agreement (cordon coordinator renew). Dials the \
            coordinator that it knows already, waits until everybody has joined, and checks the draft against \
            hospital.yaml, against this hospital's own copy of the ledger that it goes on from, and against what the \
            patients' privacy has cost before. Then it shows the draft and asks. Once all have signed, the ledger so \
            far moves to DIR/epochs, and keys of rounds that will never be are erased. Stop cordon hospital serve \
            first. Stopped at any point and run again, it goes on where it was.

            EXAMPLES
              cordon hospital renew --dir site
              cordon hospital renew --dir site --accept within-limits
            """)

    @OptionGroup var signing: SigningOptions

    func run() async throws {
        let directory = HospitalDirectory(signing.dir)
        let identity = try directory.identity()
        guard let pin = try directory.pin() else {
            throw CommandFailure(
                .missingInput, "\(signing.dir) knows no coordinator: cordon hospital join TOKEN --dir \(signing.dir)")
        }
        let address = try pin.serviceAddress()
        signing.progress.say("coordinator   \(address)  fingerprint \(Fingerprint(of: pin.coordinatorKey))")
        let renewal = try HospitalRenewal(
            directory: directory, link: signing.link(to: address, pin.coordinatorKey, as: identity),
            surroundings: signing.surroundings)
        try await signing.sign { try await renewal.run() }
    }
}
