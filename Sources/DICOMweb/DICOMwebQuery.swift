import Foundation

/// Which instances to ask for (QIDO-RS, PS3.18 section 10.6).
package struct DICOMwebQuery: Sendable {
    package var modality: String?
    /// `20240101-20241231`, or one day.
    package var studyDate: String?
    package var bodyPart: String?
    package var studyDescription: String?

    package init() {}

    /// - Throws: `DICOMwebError` for a date that is none.
    func parameters(limit: Int, offset: Int) throws -> String {
        if let studyDate {
            let days = studyDate.split(separator: "-", omittingEmptySubsequences: false)
            guard days.count <= 2, days.contains(where: { !$0.isEmpty }),
                days.allSatisfy({ $0.isEmpty || ($0.count == 8 && $0.allSatisfy(\.isNumber)) })
            else {
                throw DICOMwebError(
                    .address, "\(studyDate.prefix(40)) is no study date: write 20240131 or 20240101-20241231.")
            }
        }
        let filters = [
            ("Modality", modality), ("StudyDate", studyDate), ("BodyPartExamined", bodyPart),
            ("StudyDescription", studyDescription),
        ]
        var safe = CharacterSet.alphanumerics
        safe.insert(charactersIn: "-._~*")
        let given = filters.compactMap { name, value in
            value.map { "\(name)=\($0.addingPercentEncoding(withAllowedCharacters: safe) ?? "")" }
        }
        return (given + ["limit=\(limit)", "offset=\(offset)"]).joined(separator: "&")
    }
}
