import Foundation
import Testing

extension EndToEnd {
    @Suite("A federation is set up: init, invite, doctor, config")
    struct FederationCommandTests {
        static let initialise = [
            "coordinator", "init", "--name", "trial", "--address", "127.0.0.1:8443", "--hospitals", "north,south,west",
            "--classes", "clear,opacity", "--image-size", "16", "--rounds", "2", "--dir", "coordinator",
        ]

        private struct Made: Decodable {
            struct Token: Decodable { let hospital: String, token: String, expires: String }
            let directory: String, fingerprint: String, tokens: [Token]
        }

        private func mode(_ scratch: Scratch, _ name: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: scratch.url(name).path)[.posixPermissions] as? Int
        }

        @Test func initMakesKeysSettingsAndTokensAndOverwritesNothing() throws {
            let scratch = try Scratch()
            let run = try CordonRun(Self.initialise + ["--json"], in: scratch)
            try #require(run.status == 0, "\(run.standardError)")
            let made = try JSONDecoder().decode(Made.self, from: run.standardOutput)
            #expect(made.tokens.map(\.hospital) == ["north", "south", "west"])
            #expect(
                Set(made.tokens.map(\.token)).count == 3 && made.tokens.allSatisfy { $0.token.hasPrefix("cordon1:") })
            #expect(made.fingerprint.wholeMatch(of: /([0-9a-f]{4} ){15}[0-9a-f]{4}/) != nil)
            #expect(try mode(scratch, "coordinator/identity.key") == 0o600)
            #expect(try mode(scratch, "coordinator") == 0o700)
            let key = try scratch.data("coordinator/identity.key")
            #expect(key.count == 32)
            let again = try CordonRun(Self.initialise, in: scratch)
            #expect(again.status == 73 && again.standardError.contains("not overwritten"))
            #expect(try scratch.data("coordinator/identity.key") == key)

            let invite = ["coordinator", "invite", "--dir", "coordinator"]
            let token = try CordonRun(invite + ["north"], in: scratch)
            #expect(token.status == 0 && !token.output.contains(made.tokens[0].token))
            let unknown = try CordonRun(invite + ["east"], in: scratch)
            #expect(unknown.status == 64 && unknown.standardError.contains("north, south, west"))
            #expect(try CordonRun(invite + ["north", "--withdraw"], in: scratch).status == 0)
            #expect(try CordonRun(["agreement", "show", "coordinator"], in: scratch).status == 66)
        }

        static let wrong: [([String], [String])] = [
            (["--address", "127.0.0.1"], ["address", "host:port"]), (["--address", "127.0.0.1:99999"], ["address"]),
            (["--hospitals", "north,south"], ["hospitals", "3 to"]), (["--hospitals", "a,b,a"], ["a twice"]),
            (["--hospitals", "a,b,two words"], ["two words"]), (["--classes", "one"], ["classes"]),
            (["--rounds", "0"], ["rounds", "1 … 10000", "not 0"]), (["--rounds", "many"], ["rounds", "many"]),
            (["--image-size", "9"], ["imageSize"]), (["--model", "transformer"], ["model", "cnn or scattering"]),
            (["--privacy", "on"], ["privacy", "epsilon=8"]), (["--privacy", "epsilon=8"], ["expectedPatients"]),
            (["--threshold", "2", "--malicious", "1"], ["threshold"]), (["--preprocessing", "abc"], ["preprocessing"]),
            (["--commit-seconds", "0"], ["commitSeconds"]), (["--phase-seconds", "-1"], ["revealSeconds"]),
            (["--name", "two words"], ["name"]), (["--invitation-days", "400"], ["invitationDays"]),
        ]

        @Test(arguments: wrong)
        func aBadSettingIsNamedAndNothingIsMade(flags: [String], words: [String]) throws {
            let scratch = try Scratch()
            let given = Set(flags.filter { $0.hasPrefix("--") })
            var base = Self.initialise
            for flag in given { if let place = base.firstIndex(of: flag) { base.removeSubrange(place...place + 1) } }
            let run = try CordonRun(base + flags, in: scratch)
            #expect(run.status == 64 && run.standardError.hasPrefix("error: "))
            for word in words {
                #expect(run.standardError.contains(word), "\"\(word)\" is not in: \(run.standardError)")
            }
            #expect(!scratch.has("coordinator"))
        }

        @Test func theReferenceIsTheTableOfKeys() throws {
            struct File: Decodable {
                struct Key: Decodable { let name: String, type: String, standard: String, meaning: String }
                let file: String, keys: [Key]
            }
            let scratch = try Scratch()
            let run = try CordonRun(["config", "reference", "--json"], in: scratch)
            let files = try JSONDecoder().decode([File].self, from: run.standardOutput)
            #expect(files.map(\.file) == ["coordinator.yaml", "hospital.yaml"])
            let text = try CordonRun(["config", "reference"], in: scratch).output
            #expect(try CordonRun(Self.initialise, in: scratch).status == 0)
            let settings = String(decoding: try scratch.data("coordinator/coordinator.yaml"), as: UTF8.self)
            for key in files[0].keys { #expect(settings.contains("\(key.name): ") && text.contains(key.meaning)) }
        }

        @Test func theDoctorNamesWhatIsWrongAndWhatToDo() throws {
            struct Output: Decodable {
                struct Finding: Decodable { let check: String, status: String, detail: String, fix: String? }
                let holds: Bool, findings: [Finding]
            }
            let scratch = try Scratch()
            func examine(_ directory: String) throws -> (status: Int32?, [String: Output.Finding]) {
                let run = try CordonRun(["doctor", "--dir", directory, "--json"], in: scratch)
                let output = try JSONDecoder().decode(Output.self, from: run.standardOutput)
                #expect(
                    (run.status == 0) == output.holds
                        && output.holds == !output.findings.contains { $0.status == "failure" })
                for finding in output.findings where finding.status != "ok" { #expect(finding.fix != nil) }
                return (run.status, Dictionary(uniqueKeysWithValues: output.findings.map { ($0.check, $0) }))
            }
            #expect(try CordonRun(["doctor"], in: scratch).output.contains("libtorch"))
            #expect(try examine("nowhere").1["directory"]?.status == "failure")
            try #require(try CordonRun(Self.initialise, in: scratch).status == 0)
            var (status, found) = try examine("coordinator")
            #expect(status == 0 && found["identity"]?.status == "ok")
            #expect(found["hospitals"]?.detail.contains("north, south, west") == true)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o644], ofItemAtPath: scratch.url("coordinator/identity.key").path)
            (status, found) = try examine("coordinator")
            #expect(status == 1 && found["identity"]?.fix?.contains("chmod 600") == true)

            #expect(try CordonRun(["hospital", "init", "--name", "north", "--dir", "site"], in: scratch).status == 0)
            (status, found) = try examine("site")
            #expect(status == 1 && found["store"]?.status == "failure" && found["coordinator"]?.status == "warning")
            try scratch.write("name: north\ncolour: red\n", to: "site/hospital.yaml")
            (status, found) = try examine("site")
            #expect(status == 1 && found["configuration"]?.detail.contains("line 2") == true)
        }
    }
}
