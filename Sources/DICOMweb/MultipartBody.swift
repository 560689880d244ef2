/// The parts of a multipart/related body (RFC 2387, RFC 2046 section 5.1).
struct MultipartBody {
    let parts: [ArraySlice<UInt8>]

    /// - Throws: `DICOMwebError.notDICOMweb` for a body without boundary, end or headers.
    init(_ body: [UInt8], contentType: String) throws {
        guard contentType.lowercased().hasPrefix("multipart/related"), let boundary = Self.boundary(contentType) else {
            throw DICOMwebError(
                .notDICOMweb, "The server sends \"\(contentType.prefix(60))\" where multipart/related was asked for.")
        }
        let mark = Array("--\(boundary)".utf8)
        var parts: [ArraySlice<UInt8>] = []
        guard var place = Self.find(mark, in: body, from: 0), place == 0 || body[..<place].suffix(2) == [13, 10] else {
            throw Self.broken("its first boundary")
        }
        while true {
            let start = place + mark.count
            if body[start...].starts(with: [45, 45]) { break }
            guard let head = Self.find([13, 10, 13, 10], in: body, from: start), head - start <= 8192 else {
                throw Self.broken("the end of a part's headers")
            }
            guard let next = Self.find([13, 10] + mark, in: body, from: head + 2) else {
                throw Self.broken("its last boundary")
            }
            guard next >= head + 4 else { throw Self.broken("the content of a part") }
            parts.append(body[(head + 4)..<next])
            place = next + 2
        }
        self.parts = parts
    }

    private static func broken(_ what: String) -> DICOMwebError {
        DICOMwebError(.notDICOMweb, "A multipart answer lacks \(what): it was cut short or is none.")
    }

    /// `boundary=x` or `boundary="x"`; at most 70 characters.
    static func boundary(_ contentType: String) -> String? {
        for field in contentType.split(separator: ";").dropFirst() {
            let pair = field.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].trimmingPrefix(while: { $0 == " " }).lowercased() == "boundary" else {
                continue
            }
            let value = pair[1].filter { $0 != "\"" && $0 != " " }
            return (1...70).contains(value.utf8.count) ? value : nil
        }
        return nil
    }

    private static func find(_ needle: [UInt8], in body: [UInt8], from start: Int) -> Int? {
        guard let first = needle.first, body.count >= needle.count, start <= body.count - needle.count else {
            return nil
        }
        return body.withUnsafeBufferPointer { bytes in
            var place = start
            while place <= bytes.count - needle.count {
                guard let hit = bytes[place...(bytes.count - needle.count)].firstIndex(of: first) else { return nil }
                if bytes[hit..<hit + needle.count].elementsEqual(needle) { return hit }
                place = hit + 1
            }
            return nil
        }
    }
}
