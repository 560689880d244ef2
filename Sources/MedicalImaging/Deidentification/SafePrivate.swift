/// Private attributes that PS3.15 Table E.3.10-1 lists as safe, those with numbers or codes as values. Texts, UIDs,
/// sequences and bytes of the table go with the others: what is in them cannot be seen.
enum SafePrivate {
    /// Group, creator, elements within the block.
    static let table = """
        0019 GEMS_ACQU_01: 23 24 27
        0019 SIEMENS MR HEADER: 0C 0D 0E 27
        0025 GEMS_SERS_01: 07
        0043 GEMS_PARM_01: 39 6F
        0045 GEMS_HELIOS_01: 01 02
        0099 NQHeader: 04 10 21
        00E1 ELSCINT1: 21 50
        0119 SIEMENS Ultrasound SC2000: 05 06 07 08 09 13
        0129 SIEMENS Ultrasound SC2000: 30
        0139 SIEMENS Ultrasound SC2000: 01
        0149 SIEMENS Ultrasound SC2000: 01 02 03
        0199 NQLeft: 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10 11 12 13 14 15 16
        01E1 ELSCINT1: 26
        01F1 ELSCINT1: 01 07 26 27
        0299 NQRight: 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10 11 12 13 14 15 16
        0903 GEIIS PACS: 10 11 12
        2001 Philips Imaging DD 001: 03 04
        2005 Philips MR Imaging DD 001: 0D 0E
        7053 Philips PET Private Group: 00 09
        """

    private static let representations: Set<String> = ["CS", "DS", "FD", "FL", "IS", "SL", "SS", "UL", "US"]

    /// Elements by group and creator.
    private static let elements: [String: Set<UInt32>] = Dictionary(
        uniqueKeysWithValues: table.split(separator: "\n").map { line in
            let parts = line.split(separator: ":")
            return (String(parts[0]), Set(parts[1].split(separator: " ").compactMap { UInt32($0, radix: 16) }))
        })

    /// Whether a private element may stay: the creator of a block with safe ones, or one of them.
    static func contains(_ tag: UInt32, creator: String, vr: String) -> Bool {
        let group = String(tag >> 16 | 0x1_0000, radix: 16, uppercase: true).dropFirst()
        let name = creator.split(separator: " ").joined(separator: " ")
        guard let safe = elements["\(group) \(name)"] else { return false }
        let element = tag & 0xFFFF
        if (0x0010...0x00FF).contains(element) { return vr == "LO" }
        return element >= 0x1000 && representations.contains(vr) && safe.contains(element & 0xFF)
    }
}
