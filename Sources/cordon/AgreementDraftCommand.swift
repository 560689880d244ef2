import ArgumentParser
import Federation
import Foundation
import HomomorphicEncryption

/// `cordon agreement draft`: the encryption, the promises and the bytes of a federation, or why there is no such plan.
struct AgreementDraftCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draft",
        abstract: "Plan the encryption of n hospitals' updates of d parameters; exits 0 only if a plan fits.",
        discussion: """
            Updates are rounded to integers, packed several to a coefficient and encrypted by lattices. The draft \
            chooses the ring, the packing and the noise with the fewest bytes, counts what one hospital sends and \
            fetches in a round, and says in a sentence what each number means. What does not fit is refused with \
            the reason and the nearest plan that fits.

            Every hospital opens a sketch of its update, k coordinates, to be checked for poisoning. Without \
            patient-level privacy a sketch may open at most an eighth of the update.

            EXAMPLES
              cordon agreement draft --hospitals 10 --parameters 1000000
              cordon agreement draft --hospitals 100 --parameters 1000000 --minimise ciphertext
              cordon agreement draft --hospitals 5 --parameters 1217 --security classical128 --json
            """)

    @OptionGroup
    var membership: MembershipOptions

    @Option(parsing: .unconditional, help: ArgumentHelp("Parameters d of the model.", valueName: "d"))
    var parameters: Int

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Opened coordinates k of a sketch, 128 to 1024 in steps of 64: more see poisoning better and cost "
                + "security and traffic. (default: 256, 128 for updates of two small blocks)", valueName: "k"))
    var coordinates: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "What rounding may cost, as a share of the clipping norm, at most 0.02.", valueName: "share"))
    var rounding = RoundingTolerance.standard.relative

    @Option(
        help: ArgumentHelp(
            "quantum128, or classical128: smaller, but what is recorded today may be read by a quantum computer.",
            valueName: "level"))
    var security = SecurityLevel.quantum128

    @Option(
        help: ArgumentHelp(
            "traffic: ciphertext and key shares, what a hospital sends; ciphertext: that alone, what is stored and "
                + "summed.", valueName: "bytes"))
    var minimise = EncryptionWish.Goal.traffic

    @Option(help: ArgumentHelp("Only this parameter set. (default: any)", valueName: "set"))
    var set: ParameterSet?

    @Flag(help: "Patient-level differential privacy protects every update, so that a sketch may open more of it.")
    var patientPrivacy = false

    @Flag(help: "Print the draft as JSON.")
    var json = false

    func run() throws {
        let hospitals = try membership.checkedHospitals()
        let wish = EncryptionWish(
            dimension: parameters, members: hospitals, patientLevelPrivacy: patientPrivacy, coordinates: coordinates,
            roundingTolerance: try RoundingTolerance(relative: rounding),
            securityLevel: security, goal: minimise, set: set)
        do {
            let draft = try AgreementDraft(
                wish, threshold: membership.threshold, corruptible: membership.malicious)
            try write(json: AgreementDraftOutput(draft), text: AgreementDraftText(draft).text)
        } catch let refusal as EncryptionError {
            try refuse(refusal.message, nearest: AgreementDraft.nearest(to: wish))
        } catch let refusal as FederationError where refusal.code == .agreement {
            let nearest = AgreementDraft.nearest(to: wish)
            // Without changes to the wish it is the threshold that does not fit, and the reason says which do.
            try refuse(refusal.message, nearest: nearest?.changes.isEmpty == true ? nil : nearest)
        }
    }

    private func refuse(_ reason: String, nearest: NearestPlan?) throws {
        let hint = nearest.map { "The nearest plan that fits: \($0.description).\n" } ?? ""
        try write(
            json: AgreementDraftOutput(refused: reason, nearest: nearest), text: "NO PLAN: \(reason)\n\(hint)")
        throw ExitCode(ExitStatus.checkFailed.rawValue)
    }

    private func write(json output: AgreementDraftOutput, text: String) throws {
        guard json else {
            StandardStreams.write(text, to: .standardOutput)
            return
        }
        try StandardStreams.write(json: output)
    }
}

extension SecurityLevel: ExpressibleByArgument {}
extension EncryptionWish.Goal: ExpressibleByArgument {}
extension ParameterSet: ExpressibleByArgument {}
