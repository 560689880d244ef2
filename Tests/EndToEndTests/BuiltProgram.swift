import Foundation
import Testing

/// The built `cordon`, run as a person runs it.
struct BuiltProgram {
    struct Run {
        let status: Int32
        let output: String
        let errors: String
    }

    private let path: String

    /// - Throws: when the program is not beside the tests.
    init() throws {
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let candidates = [tests, Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent()]
        path = try #require(
            candidates.map { $0.appendingPathComponent("cordon").path }.first {
                FileManager.default.isExecutableFile(atPath: $0)
            }, "cordon was not built beside the tests: swift build first")
    }

    func callAsFunction(_ arguments: String...) throws -> Run { try run(arguments) }

    func run(_ arguments: [String]) throws -> Run {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        // A pipe holds 64 KiB; both are read to their end before waiting, errors last since they are short.
        let outputData = output.fileHandleForReading.readDataToEndOfFile()
        let errorData = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Run(
            status: process.terminationStatus, output: String(decoding: outputData, as: UTF8.self),
            errors: String(decoding: errorData, as: UTF8.self))
    }
}
