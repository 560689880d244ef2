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
        /// The items of a sequence stay, and all of their values go.
        case hollow
        case replace(String)
    }

    /// - Parameter scheme: Creator of a private element, coding scheme of a code, else empty.
    func decide(_ tag: UInt32, vr: String, text: String, scheme: String = "", isHollow: Bool = false) -> Decision {
        guard tag != 0xFFFE_E000 else {
            let goes = !isHollow && profile.options.contains(.cleanStructuredContent)
            return goes && StructuredContent.names(patientBy: text, options: profile.options) ? .remove : .keep
        }
        let decision = isHollow ? hollowed(tag, vr, text) : decided(tag, vr, text, scheme)
        attributes[tag, default: AttributeTally()].count(decision, vr: vr, text: text)
        switch decision {
        case .keep: break
        case .remove: removed += 1
        case .replace, .hollow: replaced += 1
        }
        return decision
    }

    private func decided(_ tag: UInt32, _ vr: String, _ text: String, _ scheme: String) -> Decision {
        // Patient's name and number become the pseudonym, and so does no other attribute.
        if tag == 0x0010_0010 || tag == 0x0010_0020 { return .replace(key.pseudonym(patient)) }
        switch profile.action(for: tag, vr: vr, scheme: scheme) {
        case .keep: return tag == 0x0010_1010 ? age(text) : .keep
        case .remove: return .remove
        // Z allows dummy values, and a sequence that has to be there may have to have items.
        case .empty: return vr == "SQ" ? .hollow : .replace("")
        case .dummy: return vr == "SQ" ? .hollow : .replace(dummy(vr, text))
        case .remapUID:
            // A sequence of references (X/Z/U*) stays, and the UIDs in its items are replaced.
            guard vr != "SQ" else { return .keep }
            return vr == "UI" ? .replace(remapped(text)) : .remove
        case .shiftDate: return shifted(vr, text)
        case .clean(let isRequired):
            let words = ["LO", "SH", "LT", "ST", "UT", "UC"].contains(vr) ? SafeDescriptors.cleaned(text) : ""
            if !words.isEmpty { return .replace(words) }
            guard isRequired else { return .remove }
            return vr == "SQ" ? .hollow : .replace(dummy(vr, text))
        }
    }

    /// In a sequence that must have items and may say nothing.
    private func hollowed(_ tag: UInt32, _ vr: String, _ text: String) -> Decision {
        guard tag >> 16 & 1 == 0 else { return .remove }
        switch vr {
        case "SQ": return .keep
        // Classes and other registered UIDs name no instance.
        case "UI": return text.hasPrefix("1.2.840.10008.") ? .keep : .replace(remapped(text))
        case "OB", "OW", "OF", "OD", "OL", "UN", "??": return .remove
        default: return .replace(dummy(vr, text))
        }
    }

    private func remapped(_ uids: String) -> String {
        values(uids).map { $0.isEmpty ? "" : key.uid($0) }.joined(separator: "\\")
    }

    /// A value that fits the representation and says nothing.
    private func dummy(_ vr: String, _ text: String) -> String {
        switch vr {
        case "DA": "19000101"
        case "TM": "000000"
        case "DT": "19000101000000"
        case "AS": "000Y"
        case "UI": remapped(text)
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
