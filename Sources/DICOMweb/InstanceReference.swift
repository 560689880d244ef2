import Foundation

/// Where an instance is to be had.
struct InstanceReference: Hashable, Sendable {
    let study: String
    let series: String
    let instance: String

    var path: String { "/studies/\(study)/series/\(series)/instances/\(instance)" }

    /// Instances of an answer to a search (DICOM JSON model, PS3.18 Annex F).
    ///
    /// - Throws: `DICOMwebError.notDICOMweb` for what is no such list, or holds UIDs that are none.
    static func list(_ body: [UInt8]) throws -> [InstanceReference] {
        struct Attribute: Decodable {
            let values: [String]

            enum CodingKeys: String, CodingKey { case values = "Value" }

            init(from decoder: any Decoder) throws {
                // Other attributes have numbers, names and items as values.
                let container = try decoder.container(keyedBy: CodingKeys.self)
                values = (try? container.decodeIfPresent([String].self, forKey: .values)) ?? []
            }
        }
        guard let items = try? JSONDecoder().decode([[String: Attribute]].self, from: Data(body)) else {
            throw DICOMwebError(.notDICOMweb, "The answer to the search is not DICOM's JSON.")
        }
        return try items.map { item in
            func uid(_ tag: String) throws -> String {
                guard let text = item[tag]?.values.first, (1...64).contains(text.utf8.count),
                    text.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 })
                else { throw DICOMwebError(.notDICOMweb, "An instance that was found lacks UID (\(tag)).") }
                return text
            }
            return InstanceReference(
                study: try uid("0020000D"), series: try uid("0020000E"), instance: try uid("00080018"))
        }
    }
}
