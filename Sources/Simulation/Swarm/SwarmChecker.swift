/// Holds one invariant over a run: sees everything that happens and says what is wrong.
protocol SwarmChecker {
    /// The invariant's name, as findings give it.
    static var invariant: String { get }
    /// What is wrong, in words; nil when nothing is.
    mutating func observe(_ observation: SwarmObservation) -> String?
}
