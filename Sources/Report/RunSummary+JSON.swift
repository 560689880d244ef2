package import Foundation

extension RunSummary {
    /// The contents of `summary.json`: indented, keys sorted, so that equal runs give equal bytes.
    ///
    /// - Throws: `EncodingError` for a figure that is not finite; a figure that does not exist is left out instead.
    package func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        var data = try encoder.encode(self)
        data.append(UInt8(ascii: "\n"))
        return data
    }

    /// Reads a `summary.json`.
    ///
    /// - Throws: `DecodingError` for other bytes and for a version newer than this program's.
    package init(json: Data) throws {
        self = try JSONDecoder().decode(RunSummary.self, from: json)
        guard schemaVersion <= Self.currentSchemaVersion else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: [],
                    debugDescription: "summary of version \(schemaVersion); this program reads up to version "
                        + "\(Self.currentSchemaVersion): use a newer cordon"))
        }
    }
}
