/// The coordinator opens a round: its number, the model it starts from, and its deadlines.
package struct OpenRound: Hashable, Sendable, Codable {
    /// 1 for the first round; every round, abandoned or not, takes the next number.
    package let round: UInt32
    /// Digest of the last published model.
    package let parentModel: Digest
    package let deadlines: RoundDeadlines

    package init(round: UInt32, parentModel: Digest, deadlines: RoundDeadlines) {
        self.round = round
        self.parentModel = parentModel
        self.deadlines = deadlines
    }
}
