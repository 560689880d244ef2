package import SecureAggregation

/// What a hospital keeps to itself during one round: its dealing and the integers it encrypted.
package struct RoundSecrets: Sendable {
    package private(set) var dealing: Dealing
    package private(set) var values: [Int64]

    package init(dealing: Dealing, values: [Int64]) {
        self.dealing = dealing
        self.values = values
    }

    package mutating func erase() {
        dealing.erase()
        for index in values.indices { values[index] = 0 }
        values = []
    }
}
