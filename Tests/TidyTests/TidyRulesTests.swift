import Testing

/// Each rule fires on what it is meant for, and only there.
@Suite("Tidy rules")
struct TidyRulesTests {
    private func file(_ text: String, _ path: String = "Sources/Ledger/Planted.swift") -> SourceText {
        SourceText(path: path, text: text)
    }

    @Test(arguments: [
        ("Sources/Ledger/A.swift", "import Federation", 1), ("Sources/Ledger/A.swift", "package import Simulation", 1),
        ("Sources/RingArithmetic/A.swift", "import MultipartyEncryption", 1),
        ("Sources/Ledger/A.swift", "import struct Federation.Agreement", 1),
        ("Sources/Ledger/A.swift", "@preconcurrency import Federation", 1),
        ("Sources/Ledger/A.swift", "import MedicalImaging", 1), ("Sources/Nowhere/A.swift", "import Foundation", 1),
        ("Sources/Federation/A.swift", "package import Ledger", 0), ("Sources/Ledger/A.swift", "import Crypto", 0),
        ("Sources/MultipartyEncryption/A.swift", "import RingArithmetic", 0),
        ("Sources/Ledger/A.swift", "// import Federation", 0),
        ("Sources/Ledger/A.swift", "let text = \"import Federation\"", 0),
    ])
    func upwardImport(path: String, text: String, count: Int) {
        #expect(TidyRules.upwardImports(file(text, path)).count == count)
    }

    @Test(arguments: [
        ("Task { await run() }", 1), ("let now = Date()", 1), ("var g = SystemRandomNumberGenerator()", 1),
        ("FileManager.default", 1), ("print(1)", 1), ("Task.detached { }", 1), ("/* a */ print(1)", 1),
        ("footprint(1)", 0), ("// print(1)", 0), ("let text = \"print(1)\"", 0), ("/* Date()\n print(2) */", 0),
        ("let text = \"\"\"\n  print(\"x\")\n  \"\"\"", 0), ("let text = #\"a \" print(1)\"#", 0), ("someDate()", 0),
        ("let text = \"a \\\" print(1)\"; print(2)", 1),
    ])
    func bannedCall(text: String, count: Int) {
        #expect(TidyRules.bannedCalls(file(text)).count == count)
        #expect(TidyRules.bannedCalls(file(text, "Sources/cordon/Planted.swift")).isEmpty)
    }

    @Test func exceptionsAreNarrow() {
        #expect(TidyRules.bannedCalls(file("FileManager.default", "Sources/MedicalImaging/A.swift")).isEmpty)
        #expect(TidyRules.bannedCalls(file("Date()", "Sources/MedicalImaging/A.swift")).count == 1)
        let generator = "var g = SystemRandomNumberGenerator()"
        #expect(TidyRules.bannedCalls(file(generator, "Sources/RingArithmetic/CryptographicGenerator.swift")).isEmpty)
        #expect(TidyRules.bannedCalls(file(generator, "Sources/RingArithmetic/Other.swift")).count == 1)
    }

    @Test(arguments: [
        ("try! run()", 1), ("x as! Int", 1), ("fatalError(\"no\")", 1), ("try? run()", 0), ("x as? Int", 0),
        ("// as!", 0), ("let a = \"try!\"", 0), ("has!", 0),
    ])
    func dangerousWord(text: String, count: Int) {
        #expect(TidyRules.dangerousWords(file(text)).count == count)
    }

    @Test func unfinishedWork() {
        #expect(TidyRules.unfinishedWork(file("let a = 1\n// " + "TODO: later")).map(\.line) == [2])
        #expect(TidyRules.unfinishedWork(file("// FIX" + "ME")).count == 1)
        #expect(TidyRules.unfinishedWork(file("// done")).isEmpty)
    }

    @Test func length() {
        let longest = String(repeating: "é", count: TidyRules.columnsMax)
        #expect(TidyRules.longLines(file(longest)).isEmpty)
        #expect(TidyRules.longLines(file("\n" + longest + "x")).map(\.line) == [2])
        let tallest = String(repeating: "x\n", count: TidyRules.linesMax)
        #expect(TidyRules.longFiles(file(tallest)).isEmpty)
        #expect(TidyRules.longFiles(file(tallest + "x\n")).count == 1)
    }

    @Test(arguments: [
        ("Sources/Ledger/Digest.swift", "package struct Digest: Sendable {}", 0),
        ("Sources/Ledger/Digest+Hex.swift", "extension Digest {\n    var hex: String { \"\" }\n}", 0),
        ("Sources/Ledger/MerkleRoot.swift", "package func merkleRoot() {}", 0),
        ("Sources/Ledger/Digest.swift", "package struct Hash {}", 1),
        ("Sources/Ledger/Digest+Hex.swift", "extension Hash {\n    var hex: String { \"\" }\n}", 1),
        ("Sources/Ledger/Digest.swift", "// struct Digest", 1),
    ])
    func misnamedFile(path: String, text: String, count: Int) {
        #expect(TidyRules.misnamedFiles(file(text, path)).count == count)
    }

    @Test func deadFiles() {
        let used = file("struct Used {}", "Sources/Ledger/Used.swift")
        let dead = file("struct Dead {\n    func used() {}\n}", "Sources/Ledger/Dead.swift")
        let user = file("@main\nstruct User {\n    let value: Used\n}", "Sources/cordon/User.swift")
        let topic = file("extension Used {\n    func speak() {}\n}", "Sources/Ledger/Used+Speech.swift")
        let paths = TidyRules.deadFiles([used, dead, user, topic]).map(\.path)
        #expect(paths == ["Sources/Ledger/Dead.swift", "Sources/Ledger/Used+Speech.swift"])
        let speaker = file("@main\nstruct Speaker {\n    let x = Used().speak()\n}", "Sources/cordon/Speaker.swift")
        #expect(TidyRules.deadFiles([used, topic, speaker]).isEmpty)
    }

    @Test func trackedData() {
        let paths = [
            "Tests/a.png", "x.JPEG", "ledger.sqlite", "Documentation/report.png", "Sources/A.swift", "README.md",
            "Documentation/scan.dcm", "model.safetensors",
        ]
        #expect(
            TidyRules.trackedData(paths).map(\.path)
                == ["Tests/a.png", "x.JPEG", "ledger.sqlite", "Documentation/scan.dcm", "model.safetensors"])
    }
}
