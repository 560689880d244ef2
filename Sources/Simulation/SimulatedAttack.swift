/// What a malicious party of a simulated federation does.
package enum SimulatedAttack: String, CaseIterable, Hashable, Sendable {
    /// Trains on images with a pixel trigger under the attacker's label.
    case backdoor
    /// Trains on exchanged labels.
    case labelFlip = "label-flip"
    /// Sends the negative of its update.
    case signFlip = "sign-flip"
    /// Sends a backdoored update multiplied so that it outweighs all others.
    case scaling
    /// Sends a malformed ciphertext.
    case garbage
    /// Sends values of half the plaintext range, which cancel modulo the range in plain norms.
    case wrap
    /// Deals key shares that do not lie on one polynomial.
    case badDealer = "bad-dealer"
    /// The coordinator adds to the encrypted sum; no hospital is malicious.
    case tamperingCoordinator = "tampering-coordinator"

    /// True when the coordinator is the malicious party.
    package var isByCoordinator: Bool { self == .tamperingCoordinator }

    /// What the attacker wants, in words for the report.
    package var aim: String {
        switch self {
        case .backdoor: "make images with a small pixel pattern get the attacker's label"
        case .labelFlip: "teach the model exchanged labels"
        case .signFlip: "push the model away from what the others learned"
        case .scaling: "force a pixel-pattern backdoor in by sending it many times enlarged"
        case .garbage: "spoil the sum with a malformed ciphertext"
        case .wrap: "spoil the sum with values that wrap around the plaintext range"
        case .badDealer: "make the sum impossible to open by dealing inconsistent key shares"
        case .tamperingCoordinator: "alter the sum of all updates after they were encrypted"
        }
    }
}
