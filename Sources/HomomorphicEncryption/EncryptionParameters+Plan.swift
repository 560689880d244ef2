extension EncryptionParameters {
    /// The plan with the least traffic a hospital, ciphertext plus a share for each member.
    ///
    /// - Throws: `EncryptionError` that says what does not fit and names the nearest plan that does.
    package static func plan(dimension: Int, members: Int, patientLevelPrivacy: Bool) throws -> EncryptionParameters {
        var best: EncryptionParameters?
        var refusals: [EncryptionError] = []
        for set in ParameterSet.allCases {
            for fields in (1...set.maximumFields).reversed() {
                do {
                    let candidate = try EncryptionParameters(
                        set: set, fields: fields, dimension: dimension, members: members,
                        patientLevelPrivacy: patientLevelPrivacy)
                    if best.map({ candidate.traffic < $0.traffic }) ?? true {
                        best = candidate
                    }
                } catch let refusal as EncryptionError {
                    refusals.append(refusal)
                }
            }
        }
        if let best {
            return best
        }
        throw refusal(refusals, dimension: dimension, members: members)
    }

    /// Bytes a hospital sends a round: its ciphertext and a share for each member.
    package var traffic: Int { ciphertextBytes + members * keyShareBytes }

    private static func refusal(_ refusals: [EncryptionError], dimension: Int, members: Int) -> EncryptionError {
        let code = refusals.map(\.code).first { $0 != .unsupportedSize } ?? .unsupportedSize
        let nearest: String
        switch code {
        case .sketchTooRevealing:
            let smallest = ParameterSet.allCases.map { 8 * $0.sketchCoordinates }.min() ?? 0
            nearest =
                "set tiny with an update of at least \(smallest) parameters, or the same update with patient-level "
                + "privacy switched on"
        case .roundingTooCoarse:
            nearest = "the same set with fewer hospitals"
        case .unsupportedSize, .malformedCiphertext:
            nearest = "2 to 1024 hospitals and 1 to 2^34 parameters"
        }
        return EncryptionError(
            code,
            "no plan carries \(dimension) parameters for \(members) hospitals: \(refusals.first?.message ?? ""). "
                + "The nearest plan that fits: \(nearest).")
    }
}
