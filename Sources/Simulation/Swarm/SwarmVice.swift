/// How a malicious hospital of a swarm departs from the protocol.
enum SwarmVice: String, Sendable, CaseIterable {
    /// Says of one dealer's shares what it should say of another's.
    case swapsAnswers
    /// Answers the opening of the sum with a share of nothing.
    case falseKeyShare
    /// Never reveals its nonce.
    case withholdsNonce
    /// Deals shares that lie on no polynomial.
    case badDealer
    /// Commits to a ciphertext that is none.
    case garbage
    /// Never brings the chunks it committed to.
    case withholdsChunks
    /// Denies sums that are right, and refuses every candidate.
    case denies
    /// Complains of every dealer.
    case accuses
    /// Says old messages again, its own and others'.
    case replays
    /// Says nothing more after a while.
    case fallsSilent
    /// Sends bytes that are no message, and messages in others' names.
    case babbles
}

/// How a malicious coordinator of a swarm departs from the protocol.
enum SwarmCoordinatorVice: String, Sendable, CaseIterable {
    /// Adds to the encrypted sum.
    case tampers
    /// Shows two groups of hospitals two histories, from some moment on.
    case equivocates
    /// Leaves an answer out of what it sends to one hospital.
    case hidesAnswers
}
