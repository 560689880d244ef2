import Ledger
import PoisoningDefence

extension RoundState {
    /// A verdict of the defence as the ledger has it, bound to the position that closed contests.
    func verdict(_ judgement: Judgement, signatures: [Ledger.Verdict.Signature]) -> Ledger.Verdict {
        Ledger.Verdict(
            round: number, accepted: judgement.verdict.accepted,
            exclusions: judgement.verdict.exclusions.map {
                Ledger.Verdict.Exclusion(
                    member: $0.member, reason: Ledger.ExclusionReason(rawValue: $0.reason.rawValue),
                    details: [$0.measured, $0.bound])
            },
            position: verdictPosition, suspicion: judgement.suspicion?.name, signatures: signatures)
    }

    /// Ledger position that closed contests: just behind the last entry that bears on the verdict.
    private var verdictPosition: UInt64 {
        max(sketch?.index ?? 0, contests.map(\.index).max() ?? 0) + 1
    }
}

extension Ledger.Verdict {
    /// The bytes every agreeing hospital signs.
    func signingMessage(in state: RoundState, federation: Digest) -> [UInt8] {
        verdictMessage(
            federation: federation, round: round, candidates: state.closedMembers, accepted: accepted,
            exclusions: exclusions, position: position, suspicion: suspicion)
    }
}
