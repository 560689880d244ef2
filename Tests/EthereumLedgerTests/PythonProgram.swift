import Foundation
import Testing

/// A Python program beside these tests that answers a line for a line.
final class PythonProgram {
    /// `CORDON_PYTHON`, the interpreter that `Scripts/bootstrap.sh` prepares, or any.
    static let interpreter: String = {
        if let named = ProcessInfo.processInfo.environment["CORDON_PYTHON"] { return named }
        let prepared = root.appendingPathComponent(".build/python/bin/python3").path
        return FileManager.default.isExecutableFile(atPath: prepared) ? prepared : "python3"
    }()

    /// The repository.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Whether the interpreter has a module; if not, says out loud what is not tested.
    static func has(_ module: String, _ otherwise: String) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [interpreter, "-c", "import \(module)"]
        process.standardError = FileHandle.nullDevice
        let hasIt: Bool
        do {
            try process.run()
            process.waitUntilExit()
            hasIt = process.terminationStatus == 0
        } catch {
            hasIt = false
        }
        if !hasIt { print("SKIPPED: \(interpreter) has no \(module): \(otherwise). Run make bootstrap") }
        return hasIt
    }

    static let hasRevm = has("pyrevm", "the contract is not compared with the rules on random transactions")
    static let hasNode = has("eth_tester", "no ledger is run on a chain")

    private let process = Process()
    private let (input, output) = (Pipe(), Pipe())
    private var rest: [UInt8] = []

    init(_ script: String, _ arguments: [String] = []) throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(script).path
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [Self.interpreter, path] + arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    deinit {
        // Not by closing its input, as another test's program may have inherited the pipe.
        kill(process.processIdentifier, SIGKILL)
    }

    func ask(_ line: String) throws -> String {
        try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
        return try readLine()
    }

    func readLine() throws -> String {
        while true {
            if let end = rest.firstIndex(of: 10) {
                defer { rest.removeFirst(end + 1) }
                return String(decoding: rest[..<end], as: UTF8.self)
            }
            let part = output.fileHandleForReading.availableData
            try #require(!part.isEmpty, "the program ended")
            rest += part
        }
    }
}
