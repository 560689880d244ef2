import Foundation
import Ledger
import PoisoningDefence
import Report

extension FederationTrace.Round {
    var summaryOutcome: RunSummary.RoundOutcome { RunSummary.RoundOutcome(rawValue: outcome) ?? .abandoned }

    /// Why the round ended as it did, with the party that was caught.
    var summaryReason: String? {
        guard let accused, let reason else { return reason }
        return "\(reason): the \(accused) was caught"
    }

    /// Hospitals that did not contribute.
    func absent(of names: [String]) -> [String] {
        names.indices.filter { !contributed.contains($0) }.map { names[$0] }
    }
}

extension Ledger.Verdict.Exclusion {
    /// The ledger's numbers in words.
    func summary(names: [String]) -> RunSummary.Exclusion {
        let known = PoisoningDefence.ExclusionReason(rawValue: reason.rawValue)
        let figures = details.count == 2 && details[1] > 0 ? " (\(details[0]) against a bound of \(details[1]))" : ""
        return RunSummary.Exclusion(
            hospital: names[member], reason: known.map { "\($0)" } ?? reason.description,
            detail: (known?.explanation ?? reason.description) + figures)
    }
}

extension SimulatedAttack {
    /// Whether the attacker wants a pixel trigger to decide.
    var plantsTrigger: Bool { self == .backdoor || self == .scaling }
}

func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

extension [UInt8] {
    var hexadecimal: String { map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined() }
}
