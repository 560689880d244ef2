import Federation
import Ledger

/// Nothing counts that its sender did not say.
struct AuthenticityChecker: SwarmChecker {
    static let invariant = "nothing is believed unsigned"

    private var said: [SwarmParty: Set<Digest>] = [:]
    private let honest: Set<SwarmParty>

    init(honest: Set<SwarmParty>) { self.honest = honest }

    mutating func observe(_ observation: SwarmObservation) -> String? {
        switch observation {
        case .said(let party, let envelope, _, _):
            said[party.withoutBranch, default: []].insert(envelope.digest)
            return nil
        case .delivered(let receiver, let message):
            let sender: SwarmParty
            switch message.sender {
            case .coordinator: sender = .coordinator(branch: 0)
            case .member(let member): sender = .hospital(member)
            }
            guard honest.contains(sender), said[sender]?.contains(message.envelope.digest) != true else { return nil }
            return "\(receiver) believed a message in the name of \(sender) that it never sent"
        default: return nil
        }
    }
}

extension SwarmParty {
    fileprivate var withoutBranch: SwarmParty {
        if case .coordinator = self { .coordinator(branch: 0) } else { self }
    }
}
