extension EncryptionParameters: Codable {
    // Only the choices travel; every derived number is computed again, so that decoding checks them.
    private enum CodingKeys: String, CodingKey {
        case set, fields, coordinates, dimension, members, patientLevelPrivacy, securityLevel
        case roundingToleranceMillionths
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            set: container.decode(ParameterSet.self, forKey: .set),
            fields: container.decode(Int.self, forKey: .fields),
            coordinates: container.decode(Int.self, forKey: .coordinates),
            dimension: container.decode(Int.self, forKey: .dimension),
            members: container.decode(Int.self, forKey: .members),
            patientLevelPrivacy: container.decode(Bool.self, forKey: .patientLevelPrivacy),
            securityLevel: container.decode(SecurityLevel.self, forKey: .securityLevel),
            roundingTolerance: container.decode(RoundingTolerance.self, forKey: .roundingToleranceMillionths))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(set, forKey: .set)
        try container.encode(fields, forKey: .fields)
        try container.encode(sketchCoordinates, forKey: .coordinates)
        try container.encode(dimension, forKey: .dimension)
        try container.encode(members, forKey: .members)
        try container.encode(patientLevelPrivacy, forKey: .patientLevelPrivacy)
        try container.encode(securityLevel, forKey: .securityLevel)
        try container.encode(roundingTolerance, forKey: .roundingToleranceMillionths)
    }
}
