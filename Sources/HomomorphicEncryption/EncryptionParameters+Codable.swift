extension EncryptionParameters: Codable {
    // Only the choices travel; every derived number is computed again, so that decoding checks them.
    private enum CodingKeys: String, CodingKey {
        case set, fields, dimension, members, patientLevelPrivacy
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let fields = try container.decode(Int.self, forKey: .fields)
        try self.init(
            set: container.decode(ParameterSet.self, forKey: .set),
            fields: fields,
            dimension: container.decode(Int.self, forKey: .dimension),
            members: container.decode(Int.self, forKey: .members),
            patientLevelPrivacy: container.decode(Bool.self, forKey: .patientLevelPrivacy))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(set, forKey: .set)
        try container.encode(fields, forKey: .fields)
        try container.encode(dimension, forKey: .dimension)
        try container.encode(members, forKey: .members)
        try container.encode(patientLevelPrivacy, forKey: .patientLevelPrivacy)
    }
}
