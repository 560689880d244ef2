/// A fault planted in a swarm's parties, to see that its checkers see.
enum SwarmBug: Sendable, CaseIterable {
    /// A hospital does not write its contribution to the journal.
    case skipsJournal
    /// A hospital opens the sum of another set too.
    case opensTwice
    /// Chunks are asked for in an order that changes from process to process, as a dictionary's does.
    case dictionaryOrder
    /// A hospital believes messages in the coordinator's name without looking at the signature.
    case dropsSignatureCheck
    /// A hospital commits to the nonce of its first round in every round.
    case reusesNonce
}
