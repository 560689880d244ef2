extension EncryptionWish {
    /// A limit from outside the encryption that a plan must keep too: nil, or why it does not.
    package typealias OuterLimit = (EncryptionParameters) -> String?

    /// The plan with the fewest bytes by the wish's goal; of equal ones, the one with the fewest fields.
    ///
    /// - Throws: `EncryptionError` of the candidate that came furthest: what stands between the wish and a plan.
    package func plan(within limit: OuterLimit = { _ in nil }) throws -> EncryptionParameters {
        var best: EncryptionParameters?
        var reason: EncryptionError?
        var smallest = Int.max
        for set in self.set.map({ [$0] }) ?? ParameterSet.allCases {
            for fields in 1...ParameterSet.fieldsLimit {
                do {
                    let candidate = try parameters(set: set, fields: fields)
                    if let refusal = limit(candidate) {
                        // The smallest plan comes closest to a limit.
                        if bytes(candidate) < smallest { reason = EncryptionError(.beyondLimit, refusal) }
                        smallest = min(smallest, bytes(candidate))
                    } else if best.map({ bytes(candidate) < bytes($0) }) ?? true {
                        best = candidate
                    }
                } catch let refusal as EncryptionError {
                    if reason.map({ $0.code.progress < refusal.code.progress }) ?? true { reason = refusal }
                    // More fields only make these worse.
                    if [.tooWeak, .roundingTooCoarse].contains(refusal.code) { break }
                }
            }
        }
        guard let best else { throw reason ?? EncryptionError(.unsupportedSize, "there is no parameter set") }
        return best
    }

    private func parameters(set: ParameterSet, fields: Int) throws -> EncryptionParameters {
        try EncryptionParameters(
            set: set, fields: fields, coordinates: coordinates, dimension: dimension, members: members,
            patientLevelPrivacy: patientLevelPrivacy, securityLevel: securityLevel,
            roundingTolerance: roundingTolerance)
    }

    private func bytes(_ candidate: EncryptionParameters) -> Int {
        goal == .traffic ? candidate.traffic : candidate.ciphertextBytes
    }
}

extension EncryptionParameters {
    /// The plan of a wish.
    ///
    /// - Throws: `EncryptionError` that says what does not fit and names the nearest plan that does.
    package static func plan(
        dimension: Int, members: Int, patientLevelPrivacy: Bool, coordinates: Int? = nil,
        roundingTolerance: RoundingTolerance = .standard, securityLevel: SecurityLevel = .quantum128,
        minimising goal: EncryptionWish.Goal = .traffic, set: ParameterSet? = nil
    ) throws -> EncryptionParameters {
        let wish = EncryptionWish(
            dimension: dimension, members: members, patientLevelPrivacy: patientLevelPrivacy, coordinates: coordinates,
            roundingTolerance: roundingTolerance, securityLevel: securityLevel, goal: goal, set: set)
        do {
            return try wish.plan()
        } catch let refusal as EncryptionError {
            let nearest = wish.nearest().map { ". The nearest plan that fits: \($0.description)" } ?? ""
            throw EncryptionError(
                refusal.code,
                "no plan carries \(dimension) parameters for \(members) hospitals: \(refusal.message)\(nearest)")
        }
    }
}

extension EncryptionError.Code {
    /// How far a candidate came before it was refused: later checks are closer to a plan.
    fileprivate var progress: Int {
        switch self {
        case .malformedCiphertext: 0
        case .unsupportedSize: 1
        case .tooWeak: 2
        case .sketchTooRevealing: 3
        case .roundingTooCoarse: 4
        case .failureTooLikely: 5
        case .beyondLimit: 6
        }
    }
}
