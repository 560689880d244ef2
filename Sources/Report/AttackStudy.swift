package import Foundation

/// What an attack laboratory measured: runs, each an attack on a federation under one defence.
package struct AttackStudy: Codable, Hashable, Sendable {
    package let cordonVersion: String
    package let suite: String
    package let dataSet: String
    package let isSynthetic: Bool
    package let runs: [AttackRun]

    package init(cordonVersion: String, suite: String, dataSet: String, isSynthetic: Bool, runs: [AttackRun]) {
        self.cordonVersion = cordonVersion
        self.suite = suite
        self.dataSet = dataSet
        self.isSynthetic = isSynthetic
        self.runs = runs
    }

    /// Indented, keys sorted, so that equal studies give equal bytes.
    package func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        var data = try encoder.encode(self)
        data.append(UInt8(ascii: "\n"))
        return data
    }
}
