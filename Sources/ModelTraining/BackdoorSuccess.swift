/// How often a backdoor works, and how much of that is its own doing.
package struct BackdoorSuccess: Codable, Hashable, Sendable {
    /// Test images of other classes than the target.
    package let eligible: Int
    /// Share of them called the target when they carry the trigger.
    package let successRate: Double
    /// Share of them that are right when clean and called the target with the trigger: natural errors do not count.
    package let excessRate: Double

    /// - Parameters:
    ///   - clean: Class probabilities of the test images as they are.
    ///   - triggered: Of the same images, each with the trigger.
    package init(labels: [Int], clean: [[Float]], triggered: [[Float]], target: Int) {
        precondition(labels.count == clean.count && labels.count == triggered.count)
        let others = labels.indices.filter { labels[$0] != target }
        let hits = others.filter { ClassificationMetrics.winner(triggered[$0]) == target }
        let gained = hits.filter { ClassificationMetrics.winner(clean[$0]) == labels[$0] }
        eligible = others.count
        successRate = others.isEmpty ? 0 : Double(hits.count) / Double(others.count)
        excessRate = others.isEmpty ? 0 : Double(gained.count) / Double(others.count)
    }
}
