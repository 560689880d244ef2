import Foundation

/// The decisions for one file, element by element.
final class DeidentificationEdit {
    private let profile: ConfidentialityProfile
    private let key: DeidentificationKey
    private let patient: String
    private(set) var removed = 0
    private(set) var replaced = 0
    private(set) var attributes: [UInt32: AttributeTally] = [:]

    init(profile: ConfidentialityProfile, key: DeidentificationKey, patient: String) {
        self.profile = profile
        self.key = key
        self.patient = patient
    }

    enum Decision {
        case keep, remove
        case replace(String)
    }

    func decide(_ tag: UInt32, vr: String, text: String) -> Decision {
        let decision = decided(tag, vr, text)
        attributes[tag, default: AttributeTally()].count(decision, vr: vr, text: text)
        switch decision {
        case .keep: break
        case .remove: removed += 1
        case .replace: replaced += 1
        }
        return decision
    }

    private func decided(_ tag: UInt32, _ vr: String, _ text: String) -> Decision {
        // Patient's name and number become the pseudonym, and so does no other attribute.
        if tag == 0x0010_0010 || tag == 0x0010_0020 { return .replace(key.pseudonym(patient)) }
        switch profile.action(for: tag, vr: vr) {
        case .keep: return tag == 0x0010_1010 ? age(text) : .keep
        case .remove: return .remove
        case .empty: return .replace("")
        case .dummy: return vr == "SQ" ? .replace("") : .replace(dummy(vr, text))
        case .remapUID:
            return vr == "UI"
                ? .replace(values(text).map { $0.isEmpty ? "" : key.uid($0) }.joined(separator: "\\")) : .remove
        case .shiftDate: return shifted(vr, text)
        }
    }

    /// A value that fits the representation and says nothing.
    private func dummy(_ vr: String, _ text: String) -> String {
        switch vr {
        case "DA": "19000101"
        case "TM": "000000"
        case "DT": "19000101000000"
        case "AS": "000Y"
        case "UI": values(text).map { $0.isEmpty ? "" : key.uid($0) }.joined(separator: "\\")
        case "DS", "IS", "US", "SS", "UL", "SL", "FL", "FD": "0"
        case "AE", "CS", "LO", "LT", "PN", "SH", "ST", "UC", "UT": "REMOVED"
        default: ""
        }
    }

    /// Ages above 89 become 90 (HIPAA Safe Harbor); what is no age goes.
    private func age(_ text: String) -> Decision {
        guard text.count == 4, let number = Int(text.prefix(3)), let unit = text.last, "DWMY".contains(unit) else {
            return .remove
        }
        return unit == "Y" && number > 89 ? .replace("090Y") : .keep
    }

    /// Times stay; dates move by the patient's days; a date that is not whole goes.
    private func shifted(_ vr: String, _ text: String) -> Decision {
        guard vr != "TM" else { return .keep }
        guard vr == "DA" || vr == "DT" else { return .remove }
        let shifted = values(text).map { value -> String? in
            value.isEmpty ? "" : DicomDate.shifted(value, by: key.days(patient))
        }
        let whole = shifted.compactMap { $0 }
        return whole.count == shifted.count ? .replace(whole.joined(separator: "\\")) : .replace("")
    }

    private func values(_ text: String) -> [String] {
        text.split(separator: "\\", omittingEmptySubsequences: false).map(String.init)
    }
}
