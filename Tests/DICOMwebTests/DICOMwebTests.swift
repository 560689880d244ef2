import Testing

@testable import DICOMweb

/// What a server says is taken apart strictly.
@Suite struct DICOMwebTests {
    private func code(_ body: () throws -> Void) -> DICOMwebError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? DICOMwebError)?.code
        }
    }

    @Test func partsOfAMultipartBodyAreFound() throws {
        let text =
            "--x1\r\nContent-Type: application/dicom\r\n\r\nab\r\n--x\r\ncd\r\n--x1\r\nA: b\r\n\r\n\r\n--x1--\r\n"
        let type = "multipart/related; type=\"application/dicom\"; boundary=\"x1\""
        let parts = try MultipartBody(Array(text.utf8), contentType: type).parts
        #expect(parts.map { String(decoding: $0, as: UTF8.self) } == ["ab\r\n--x\r\ncd", ""])
    }

    @Test func everyCutOfABodyIsRefused() throws {
        let whole = Array("--b\r\nA: b\r\n\r\npayload\r\n--b--".utf8)
        for length in 0..<whole.count - 2 {
            let found = code {
                _ = try MultipartBody(Array(whole.prefix(length)), contentType: "multipart/related;boundary=b")
            }
            #expect(found == .notDICOMweb, "\(length)")
        }
        #expect(try MultipartBody(whole, contentType: "Multipart/Related; boundary=b").parts.count == 1)
    }

    @Test(arguments: [
        "application/dicom", "multipart/related", "multipart/related; boundary=", "text/html; boundary=b",
    ])
    func otherTypesAreRefused(type: String) {
        #expect(code { _ = try MultipartBody(Array("--b\r\n\r\n\r\n--b--".utf8), contentType: type) } == .notDICOMweb)
    }

    @Test func instancesAreReadFromJSON() throws {
        let json = """
            [{"0020000D": {"vr": "UI", "Value": ["1.2"]}, "0020000E": {"vr": "UI", "Value": ["1.3"]},
              "00080018": {"vr": "UI", "Value": ["1.4"]}, "00100010": {"vr": "PN", "Value": [{"Alphabetic": "A^B"}]},
              "00200013": {"vr": "IS", "Value": [7]}, "00080005": {"vr": "CS"}}]
            """
        let list = try InstanceReference.list(Array(json.utf8))
        #expect(list == [InstanceReference(study: "1.2", series: "1.3", instance: "1.4")])
        #expect(list[0].path == "/studies/1.2/series/1.3/instances/1.4")
    }

    @Test(arguments: ["", "<html>", "{}", "[1]", "[{}]", #"[{"00080018": {"Value": ["1.2/../../x"]}}]"#])
    func whatIsNoListOfInstancesIsRefused(json: String) {
        #expect(code { _ = try InstanceReference.list(Array(json.utf8)) } == .notDICOMweb)
    }

    @Test(arguments: [
        ("https://pacs.example/dicom-web", false, nil), ("http://127.0.0.1:8042/dicom-web/", false, nil),
        ("http://pacs.example/dicom-web", true, nil),
        ("http://pacs.example/dicom-web", false, DICOMwebError.Code.address),
        ("https://me:secret@pacs.example/", false, .address), ("ftp://pacs.example/", false, .address),
        ("pacs.example", false, .address), ("https://pacs.example/?a=b", false, .address),
    ])
    func addressesAreChecked(root: String, insecure: Bool, expected: DICOMwebError.Code?) {
        #expect(code { _ = try DICOMwebServer(root: root, allowsInsecureHTTP: insecure) } == expected)
    }

    @Test func searchesAreEscaped() throws {
        var query = DICOMwebQuery()
        query.modality = "DX"
        query.studyDescription = "*chest & lung*"
        query.studyDate = "20240101-20241231"
        #expect(
            try query.parameters(limit: 5, offset: 10)
                == "Modality=DX&StudyDate=20240101-20241231&StudyDescription=*chest%20%26%20lung*&limit=5&offset=10")
        query.studyDate = "yesterday"
        #expect(code { _ = try query.parameters(limit: 1, offset: 0) } == .address)
    }
}
