import Federation
import Foundation
import ModelTraining
import Testing

@testable import FederationSetup

@Suite("Configuration")
struct ConfigurationTests {
    private static let coordinator = [
        "name": "trial", "address": "cordon.example:8443", "hospitals": "[north, south, west]", "classes": "[no, yes]",
    ]
    private static let hospital = ["name": "north"]

    /// A value that no key of the kind takes.
    private static func wrong(_ key: ConfigurationKey) -> String {
        switch key.kind {
        case .choice, .address: "nonsense"
        case .integer(let range): "\(range.upperBound == .max ? -1 : range.upperBound + 1)"
        case .number(let range): "\(range.upperBound * 2)"
        case .list: "one"
        case .text: key.name == "name" ? "two words" : "nonsense"
        case .path: "[]"
        }
    }

    private static func yaml(_ values: [String: String]) -> String {
        values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\n" }.joined()
    }

    private func read(_ yaml: String, isCoordinator: Bool) throws {
        if isCoordinator {
            _ = try CoordinatorConfiguration(
                ConfigurationValues(yaml: yaml, file: "x.yaml", keys: CoordinatorConfiguration.keys))
        } else {
            _ = try HospitalConfiguration(
                ConfigurationValues(yaml: yaml, file: "x.yaml", keys: HospitalConfiguration.keys))
        }
    }

    /// The table is what is read: every key in it is looked at, and a wrong value names it and its line.
    @Test(arguments: CoordinatorConfiguration.keys)
    func aWrongValueOfACoordinatorNamesItsKey(key: ConfigurationKey) throws {
        try expectRefusal(of: key, among: Self.coordinator, isCoordinator: true)
    }

    @Test(arguments: HospitalConfiguration.keys)
    func aWrongValueOfAHospitalNamesItsKey(key: ConfigurationKey) throws {
        try expectRefusal(of: key, among: Self.hospital, isCoordinator: false)
    }

    private func expectRefusal(of key: ConfigurationKey, among values: [String: String], isCoordinator: Bool) throws {
        try read(Self.yaml(values), isCoordinator: isCoordinator)
        var values = values
        values[key.name] = Self.wrong(key)
        let error = #expect(throws: SetupError.self, "\(key.name)") {
            try read(Self.yaml(values), isCoordinator: isCoordinator)
        }
        let line = values.keys.sorted().firstIndex(of: key.name).map { $0 + 1 } ?? 0
        #expect(error?.code == .configuration)
        #expect(error?.message.hasPrefix("x.yaml line \(line): \(key.name) ") == true, "\(error?.message ?? "")")
    }

    @Test func unknownKeysAndOtherTextsAreRefused() throws {
        for (yaml, words) in [
            ("name: north\ncolour: red\n", ["line 2", "colour"]), ("name: north\nname: south\n", ["name"]),
            ("- north\n", ["no keys"]), ("", ["no keys"]), ("name: [", ["no YAML"]),
            ("epsilonMax: 4\n", ["name is missing"]), ("name:\n", ["name must be"]),
        ] {
            let error = #expect(throws: SetupError.self) { try read(yaml, isCoordinator: false) }
            for word in words { #expect(error?.message.contains(word) == true, "\(error?.message ?? "")") }
        }
    }

    @Test func numbersThatDoNotFitTogetherAreRefused() throws {
        for extra in [["threshold": "2", "malicious": "1"], ["hospitals": "[a, b]"], ["privacy": "epsilon=8"]] {
            let values = Self.coordinator.merging(extra) { $1 }
            #expect(throws: SetupError.self) { try read(Self.yaml(values), isCoordinator: true) }
        }
    }

    @Test func relativePathsAreMeantFromTheFile() throws {
        let folder = try TestFolder()
        try folder.write("hospital.yaml", "name: north\ndata: store\ndataKey: /keys/store.key\n")
        let configuration = try HospitalConfiguration(file: "\(folder.path)/hospital.yaml")
        #expect(configuration.identityKeyPath == "\(folder.path)/identity.key")
        #expect(configuration.dataPath == "\(folder.path)/store" && configuration.dataKeyPath == "/keys/store.key")
    }

    /// What init writes is read back as it was given, defaults included; examples are of that form.
    @Test func theExamplesAreRead() throws {
        let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Examples")
        let coordinator = try CoordinatorConfiguration(file: examples.appendingPathComponent("coordinator.yaml").path)
        #expect(coordinator.hospitals.count == 5 && coordinator.epsilon == 8 && coordinator.model == .scattering2)
        #expect(try coordinator.plan.privacy?.epsilonBudget == 8)
        let hospital = try HospitalConfiguration(file: examples.appendingPathComponent("hospital.yaml").path)
        #expect(coordinator.hospitals.contains(hospital.name) && hospital.limits.epsilonMax == 8)
    }

    @Test func whatInitWritesIsReadBack() throws {
        let town = try TestTown()
        let configuration = try town.coordinator.configuration()
        #expect(configuration.hospitals == TestTown.names && configuration.classes == TestStore.classes)
        #expect(configuration.rounds == 3 && configuration.imageSize == TestStore.imageSize)
        #expect(configuration.deadlines.commitMilliseconds == 7_200_000 && configuration.corruptible == 0)
        let strange = ["a: b", "x # y", "\"q\"", "- z", "tr\\ue", "yes", "1e5", "[a]", "ü"]
        var text = ConfigurationText(heading: "strange", keys: CoordinatorConfiguration.keys)
        text.set(CoordinatorConfiguration.Key.classes, strange)
        let values = try ConfigurationValues(yaml: text.text, file: "x", keys: CoordinatorConfiguration.keys)
        #expect(try values.list(CoordinatorConfiguration.Key.classes) == strange)
    }
}
