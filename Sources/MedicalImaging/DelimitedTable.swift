/// Comma-separated values with quoted fields (RFC 4180): a header and rows that know their line.
struct DelimitedTable {
    struct Row {
        let line: Int
        let fields: [String]
    }

    let header: [String]
    let rows: [Row]

    /// Throws `ImagingError` for an unclosed quote or a row whose length differs from the header's.
    init(_ text: String, file: String) throws {
        var rows = try Self.parse(text, file: file)
        rows.removeAll { $0.fields.allSatisfy { $0.isEmpty } }
        guard let first = rows.first else {
            throw ImagingError(.emptyManifest, "\(file) is empty: a header such as file,label and one row an image.")
        }
        header = first.fields.map { trimmed($0).lowercased() }
        self.rows = Array(rows.dropFirst())
        for row in self.rows where row.fields.count != header.count {
            throw ImagingError(
                .malformedRow,
                "\(file) line \(row.line) has \(row.fields.count) fields, the header has \(header.count).")
        }
    }

    /// Position of the first of `names` that the header has.
    func column(_ names: String...) -> Int? {
        names.lazy.compactMap { header.firstIndex(of: $0) }.first
    }

    private static func parse(_ text: String, file: String) throws -> [Row] {
        var rows: [Row] = []
        var fields: [String] = []
        var field: [UInt8] = []
        var quoted = false
        var line = 1
        var rowLine = 1
        func endField() {
            fields.append(String(decoding: field, as: UTF8.self))
            field.removeAll(keepingCapacity: true)
        }
        func endRow() {
            endField()
            rows.append(Row(line: rowLine, fields: fields))
            fields.removeAll(keepingCapacity: true)
        }
        var bytes = Array(text.utf8)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if quoted {
                if byte == UInt8(ascii: "\"") {
                    if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
                        field.append(byte)
                        index += 1
                    } else {
                        quoted = false
                    }
                } else {
                    if byte == UInt8(ascii: "\n") { line += 1 }
                    field.append(byte)
                }
            } else if byte == UInt8(ascii: "\""), field.isEmpty {
                quoted = true
            } else if byte == UInt8(ascii: ",") {
                endField()
            } else if byte == UInt8(ascii: "\n") {
                if field.last == UInt8(ascii: "\r") { field.removeLast() }
                endRow()
                line += 1
                rowLine = line
            } else {
                field.append(byte)
            }
        }
        guard !quoted else {
            throw ImagingError(.malformedRow, "\(file) line \(rowLine): a quoted field is never closed.")
        }
        if !field.isEmpty || !fields.isEmpty { endRow() }
        return rows
    }
}

/// Without blanks at either end.
func trimmed(_ text: String) -> String {
    let blank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    return String(text.drop(while: blank).reversed().drop(while: blank).reversed())
}
