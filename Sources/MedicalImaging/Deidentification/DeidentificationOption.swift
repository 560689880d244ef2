/// An option of the basic profile (PS3.15 E.3) that keeps, or cleans, what the profile alone would take.
package enum DeidentificationOption: String, CaseIterable, Codable, Sendable {
    case uids
    case device
    case institution
    case patientCharacteristics = "patient-characteristics"
    case fullDates = "full-dates"
    case modifiedDates = "modified-dates"
    /// Text that describes (study, series, protocol) keeps the words that are known to be safe.
    case cleanDescriptors = "clean-descriptors"

    /// Private attributes that PS3.15 lists as safe.
    case safePrivate = "safe-private"
    /// The content of structured reports stays, without names and with the safe words of its text.
    case cleanStructuredContent = "clean-structured-content"

    /// Its letter in the table.
    var letter: Character {
        switch self {
        case .uids: "u"
        case .device: "d"
        case .institution: "i"
        case .patientCharacteristics: "p"
        case .fullDates: "f"
        case .modifiedDates: "m"
        case .cleanDescriptors: "T"
        // Rules of their own.
        case .safePrivate: "-"
        case .cleanStructuredContent: "-"
        }
    }

    /// CID 7050.
    var code: (value: String, meaning: String) {
        switch self {
        case .uids: ("113110", "Retain UIDs Option")
        case .device: ("113109", "Retain Device Identity Option")
        case .institution: ("113112", "Retain Institution Identity Option")
        case .patientCharacteristics: ("113108", "Retain Patient Characteristics Option")
        case .fullDates: ("113106", "Retain Longitudinal Temporal Information Full Dates Option")
        case .safePrivate: ("113111", "Retain Safe Private Option")
        case .cleanStructuredContent: ("113104", "Clean Structured Content Option")
        case .cleanDescriptors: ("113105", "Clean Descriptors Option")
        case .modifiedDates: ("113107", "Retain Longitudinal Temporal Information Modified Dates Option")
        }
    }
}
