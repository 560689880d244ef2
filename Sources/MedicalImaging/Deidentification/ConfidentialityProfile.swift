/// What becomes of every attribute: PS3.15 Table E.1-1, basic profile, with the options that were chosen.
///
/// Where the table leaves a choice by the type of the attribute in its object (X/Z/D), the dummy value stands: it fits
/// every type. What the table does not list is kept, but for free text, names, dates and unknown values, which are
/// removed: the table names every one of those that the standard has.
struct ConfidentialityProfile: Sendable {
    enum Action: Hashable, Sendable {
        case keep, remove, empty, dummy, remapUID, shiftDate
        /// Keep safe words; without any, as a dummy or not at all.
        case clean(isRequired: Bool)
    }

    private let actions: [UInt32: Action]
    let options: Set<DeidentificationOption>

    init(options: Set<DeidentificationOption>) {
        self.options = options
        var actions: [UInt32: Action] = [:]
        for row in Self.table.split(whereSeparator: { $0 == ";" || $0 == "\n" }) {
            let parts = row.split(separator: " ")
            guard parts.count >= 2, let tag = UInt32(parts[0], radix: 16) else {
                preconditionFailure("a row of the table is not tag and action")
            }
            let letters = parts.count > 2 ? Set(parts[2]) : []
            actions[tag] = Self.action(String(parts[1]), letters, options)
        }
        self.actions = actions
    }

    var count: Int { actions.count }

    private static func action(
        _ basic: String, _ letters: Set<Character>, _ options: Set<DeidentificationOption>
    ) -> Action {
        let keeping = options.subtracting([.cleanDescriptors, .safePrivate, .cleanStructuredContent])
        if keeping.contains(where: { letters.contains($0.letter) }) {
            return options.contains(.modifiedDates) && letters.contains("m") ? .shiftDate : .keep
        }
        if options.contains(.cleanDescriptors), letters.contains("T") {
            return .clean(isRequired: !basic.hasPrefix("X") || basic == "X/D" || basic == "X/Z/D")
        }
        switch basic {
        case "X": return .remove
        case "Z", "X/Z": return .empty
        case "U", "X/Z/U*": return .remapUID
        default: return .dummy
        }
    }

    /// - Parameter scheme: Creator of a private element, coding scheme of a code.
    func action(for tag: UInt32, vr: String, scheme: String = "") -> Action {
        let group = tag >> 16
        if group % 2 == 1, options.contains(.safePrivate), SafePrivate.contains(tag, creator: scheme, vr: vr) {
            return .keep
        }
        if options.contains(.cleanStructuredContent),
            let action = StructuredContent.action(for: tag, scheme: scheme)
        {
            return action
        }
        // Private groups, curves and overlays.
        if group % 2 == 1 || (0x5000...0x50FF).contains(group) || (0x6000...0x60FF).contains(group) { return .remove }
        if let action = actions[tag] { return action }
        return ["PN", "DA", "DT", "TM", "LT", "ST", "UT", "UN", "??"].contains(vr) ? .remove : .keep
    }
}
