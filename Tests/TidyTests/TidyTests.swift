import Testing

/// The repository keeps its own rules.
@Suite("Tidy")
struct TidyTests {
    private func expectNothing(_ findings: [Finding]) {
        for finding in findings { Issue.record("\(finding.description)") }
    }

    private func sources() throws -> [SourceText] {
        let files = try Repository().swiftFiles(below: "Sources").filter { !$0.path.contains("/Generated/") }
        try #require(files.count > 20, "too few sources were found for the rules to mean anything")
        return files
    }

    @Test func importsPointDown() throws { expectNothing(try sources().flatMap(TidyRules.upwardImports)) }
    @Test func noBannedCalls() throws { expectNothing(try sources().flatMap(TidyRules.bannedCalls)) }
    @Test func noDangerousWords() throws { expectNothing(try sources().flatMap(TidyRules.dangerousWords)) }
    @Test func noUnfinishedWork() throws { expectNothing(try sources().flatMap(TidyRules.unfinishedWork)) }
    @Test func filesAreShort() throws { expectNothing(try sources().flatMap(TidyRules.longFiles)) }
    @Test func filesAreNamedByTheirType() throws { expectNothing(try sources().flatMap(TidyRules.misnamedFiles)) }
    @Test func noDeadFiles() throws { expectNothing(TidyRules.deadFiles(try sources())) }

    @Test func linesAreShort() throws {
        let repository = try Repository()
        expectNothing(try sources().flatMap(TidyRules.longLines))
        expectNothing(try repository.swiftFiles(below: "Tests").flatMap(TidyRules.longLines))
    }

    /// A target is tested when a test imports it; the program is driven from outside by the end-to-end tests, and C
    /// targets are tested through the Swift target that wraps them.
    @Test func everyTargetHasATest() throws {
        let repository = try Repository()
        let tests = try repository.swiftFiles(below: "Tests").filter { $0.text.contains("@Test") }
        let targets = Set(try sources().map(\.target)).subtracting(["cordon"])
        for target in targets.sorted() {
            let isTested = tests.contains { test in
                test.codeLines.contains { $0.hasSuffix("import \(target)") }
            }
            #expect(isTested, "\(target) has no test")
        }
        #expect(tests.contains { $0.path.hasPrefix("Tests/EndToEndTests/") }, "the program has no test")
    }

    @Test func noDataIsTracked() throws {
        guard let paths = try Repository().trackedPaths() else {
            print("SKIPPED: tracked data cannot be looked for, since this is no git checkout")
            return
        }
        #expect(paths.contains("Package.swift"))
        expectNothing(TidyRules.trackedData(paths))
    }
}
