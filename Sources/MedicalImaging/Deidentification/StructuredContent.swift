/// What of a structured report's content stays under the Clean Structured Content Option (PS3.15 E.3.4): containers,
/// numbers, codes, references with new UIDs, dates as the policy has them, and of text the safe words. Names become a
/// dummy, and items go whose concept is the patient, who observed, or where.
enum StructuredContent {
    /// Goes into the digest of the policy.
    static let version = "structured content/v1"

    /// PS3.16 Annex D, by PS3.15 Table E.3.4-1: observer's name and organisation, device's name and serial number,
    /// order and accession numbers, subject's name, number and birth date, mother of the fetus, specimen numbers,
    /// organisation, physicians and persons, transferred from.
    private static let identifying: Set<String> = [
        "121008", "121009", "121010", "121011", "121013", "121016", "121017", "121020", "121021", "121022", "121029",
        "121030", "121031", "121036", "121040", "121041", "113873", "121114", "121152", "122128", "111705",
    ]
    /// Subject's sex and age.
    private static let characteristics: Set<String> = ["121032", "121033"]
    /// Meanings of these schemes' codes are the standards' own words.
    private static let schemes: Set<String> = ["DCM", "LN", "RADLEX", "SCT", "SNM3", "SRT", "UCUM"]

    static func isReport(_ file: DicomFile) -> Bool {
        file.text(DicomTag(0x0008, 0x0016))?.hasPrefix("1.2.840.10008.5.1.4.1.1.88.") == true
    }

    static func names(patientBy concept: String, options: Set<DeidentificationOption>) -> Bool {
        identifying.contains(concept)
            || (characteristics.contains(concept) && !options.contains(.patientCharacteristics))
    }

    /// Nil leaves it to the table.
    static func action(for tag: UInt32, scheme: String) -> ConfidentialityProfile.Action? {
        switch tag {
        case 0x0040_A730: .keep
        case 0x0040_A160: .clean(isRequired: true)
        case 0x0008_0100, 0x0008_0104: schemes.contains(scheme) ? .keep : .clean(isRequired: true)
        default: nil
        }
    }
}
