import SecureAggregation

/// One helper's answer to opening 3 and the accepted set it was given for.
struct KeyShareSumAnswer: Sendable {
    let accepted: [Int]
    let share: KeyShareSum
}
