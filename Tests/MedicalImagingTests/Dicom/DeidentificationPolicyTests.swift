import Crypto
import Foundation
import Testing

@testable import MedicalImaging

@Suite struct DeidentificationPolicyTests {
    private func policy(_ yaml: String) throws -> DeidentificationPolicy {
        try DeidentificationPolicy(yaml: yaml, file: "policy.yaml")
    }

    @Test func theExampleIsRead() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let policy = try DeidentificationPolicy(named: root.appending(path: "Examples/deidentification.yaml").path)
        #expect(policy.options == [.modifiedDates, .device, .cleanDescriptors] && policy.pixels == .blank)
    }

    @Test func basicIsBuiltInAndOrderDoesNotMatter() throws {
        #expect(try DeidentificationPolicy(named: "basic") == policy("profile: basic\n"))
        let first = try policy("profile: basic\noptions: [device, uids]\n")
        let second = try policy("# a remark\noptions:\n- uids\n- device\nprofile: basic\n")
        #expect(first == second && first.options == [.device, .uids] && first.pixels == .holdBack)
    }

    @Test(arguments: [
        ("", "no keys"), ("profile: strict\n", "line 1"), ("options: []\n", "profile: basic is missing"),
        ("profile: basic\nretain: [uids]\n", "line 2: unknown key"),
        ("profile: basic\noptions: [uid]\n", "no option uid"),
        ("profile: basic\noptions: [uids, uids]\n", "twice"),
        ("profile: basic\noptions: [full-dates, modified-dates]\n", "exclude each other"),
        ("profile: basic\noptions: uids\n", "must be a list"),
        ("profile: basic\npixels: paint\n", "hold-back or blank"),
        ("profile: [basic\n", "no de-identification policy"), ("profile: basic\nprofile: basic\n", "policy"),
    ])
    func whatIsWrongIsNamed(yaml: String, reason: String) {
        do {
            _ = try policy(yaml)
            Issue.record("taken: \(yaml)")
        } catch let error as ImagingError {
            #expect(error.message.contains("policy.yaml") && error.message.contains(reason), "\(error.message)")
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test(arguments: [
        ("CT Thorax with contrast, Dr. Mueller", "CT Thorax with contrast"),
        ("MRI KNEE LEFT T2 3mm", "MRI KNEE LEFT T2 3mm"),
        ("Anna Smith 12.03.1956", ""), ("Follow-up 4711 chest 120kV", "Follow chest 120kV"), ("", ""),
        ("Žofie's knee", "knee"),
    ])
    func onlySafeWordsStay(text: String, expected: String) {
        #expect(SafeDescriptors.cleaned(text) == expected)
    }

    @Test func descriptorsAreCleanedWhereThePolicySaysSo() throws {
        let key = DeidentificationKey(SymmetricKey(data: [UInt8](repeating: 7, count: 32)))
        var fixture = DicomFixture(rows: 2, columns: 2, values: [1, 2, 3, 4])
        fixture.text(0x0008_0018, "UI", "1.2.3")
        fixture.text(0x0008_0060, "CS", "DX")
        fixture.text(0x0008_1030, "LO", "Chest PA for Dr. Doe")
        fixture.text(0x0008_103E, "LO", "Doe")
        let output = try Deidentifier(key: key, options: [.cleanDescriptors]).deidentify(fixture.bytes, file: "a.dcm")
        let file = try DicomFile(output.bytes, file: "b.dcm")
        #expect(file.text(DicomTag(0x0008, 0x1030)) == "Chest PA" && file.text(DicomTag(0x0008, 0x103E)) == nil)
        #expect(file.text(DicomTag(0x0008, 0x0100), in: [(DicomTag(0x0012, 0x0064), 1)]) == "113105")
        let plain = try Deidentifier(key: key, options: []).deidentify(fixture.bytes, file: "a.dcm")
        #expect(try DicomFile(plain.bytes, file: "b.dcm").text(DicomTag(0x0008, 0x1030)) == nil)
    }
}
