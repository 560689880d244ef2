extension EncryptionParameters {
    package static let membersSupported = 2...1024
    package static let dimensionsSupported = 1...1 << 34
    /// `k·F`: the contract's integer rules have room for so many digits of one sketch.
    package static let sketchDigitsMax = 1 << 14

    static func checkSizes(fields: Int, coordinates: Int, dimension: Int, members: Int) throws {
        guard membersSupported.contains(members), dimensionsSupported.contains(dimension),
            (1...ParameterSet.fieldsLimit).contains(fields)
        else {
            throw EncryptionError(
                .unsupportedSize,
                "encryption supports 2 to 1024 hospitals, 1 to 2^34 parameters and 1 to \(ParameterSet.fieldsLimit) "
                    + "fields; asked were \(members) hospitals, \(dimension) parameters, \(fields) fields")
        }
        guard ParameterSet.sketchCoordinateChoices.contains(coordinates) else {
            throw EncryptionError(
                .unsupportedSize,
                "a sketch opens 128 to 1024 coordinates in steps of 64, not \(coordinates)")
        }
        guard fields * coordinates <= sketchDigitsMax else {
            throw EncryptionError(
                .unsupportedSize,
                "a sketch of \(coordinates) coordinates with \(fields) fields has more than \(sketchDigitsMax) digits")
        }
    }

    /// The estimate, when it reaches the level and the standard's table allows the modulus as well.
    static func checkedSecurity(
        of set: ParameterSet, coordinates: Int, level: SecurityLevel
    ) throws -> SecurityEstimate {
        let security = set.security(coordinates: coordinates)
        guard level.isReached(by: security) else {
            throw EncryptionError(
                .tooWeak,
                "set \(set.rawValue) with \(coordinates) opened coordinates has \(level.bits(of: security)) bits of "
                    + "security, level \(level.rawValue) needs 128")
        }
        let largest = HomomorphicEncryptionStandard.largestModulusBits(ringDegree: set.ringDegree, level: level) ?? 0
        guard set.modulusBits <= largest else {
            throw EncryptionError(
                .tooWeak,
                "the HomomorphicEncryption.org standard allows a modulus of \(largest) bits at degree "
                    + "\(set.ringDegree) for level \(level.rawValue), set \(set.rawValue) has \(set.modulusBits)")
        }
        return security
    }
}
