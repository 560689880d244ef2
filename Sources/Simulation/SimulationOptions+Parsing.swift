extension SimulationOptions.Privacy {
    /// Parses `off` or `epsilon=NUMBER`.
    ///
    /// - Throws: `SimulationError` with code `usage`.
    package init(parsing text: String) throws {
        if text == "off" {
            self = .off
            return
        }
        let pair = text.split(separator: "=", omittingEmptySubsequences: false)
        guard pair.count == 2, pair[0] == "epsilon", let epsilon = Double(pair[1]) else {
            throw SimulationError(.usage, "--privacy \(text): write off or epsilon=NUMBER, for instance epsilon=8")
        }
        self = .epsilon(epsilon)
    }
}

extension SimulationOptions.ModelKind {
    /// Parses a model's name.
    ///
    /// - Throws: `SimulationError` with code `usage`.
    package init(parsing text: String) throws {
        guard let kind = Self(rawValue: text) else {
            let names = Self.allCases.map(\.rawValue).joined(separator: ", ")
            throw SimulationError(.usage, "--model \(text): unknown; choose one of \(names)")
        }
        self = kind
    }
}

extension SimulatedAttack {
    /// Parses an attack's name.
    ///
    /// - Throws: `SimulationError` with code `usage`.
    package init(parsing text: String) throws {
        guard let attack = Self(rawValue: text) else {
            let names = Self.allCases.map(\.rawValue).joined(separator: ", ")
            throw SimulationError(.usage, "--attack \(text): unknown; choose one of \(names)")
        }
        self = attack
    }
}
