import Foundation

/// The Python with Microsoft SEAL, when there is one.
struct Oracle {
    let folder: URL
    private let python: String
    private let script: URL

    /// Nil, with a line that says so, when no Python (`CORDON_PYTHON`, or `python3`) imports the module.
    init?(module: String, file: String = #filePath) throws {
        let environment = ProcessInfo.processInfo.environment
        python = environment["CORDON_PYTHON"] ?? "python3"
        script = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Vectors/seal/oracle.py")
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("cordon-seal-\(UUID().uuidString)")
        let probe = "import importlib.util, sys; sys.exit(importlib.util.find_spec('\(module)') is None)"
        guard try Self.run(python, ["-c", probe]).status == 0 else {
            print(
                "SKIPPED: \(python) has no module \(module), so nothing is checked against the wheels. "
                    + "pip install seal-python==4.4.0 tenseal==0.3.18, and set CORDON_PYTHON")
            return nil
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: folder.appendingPathComponent(name))
    }

    func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    /// The numbers that the script prints, by the name at the start of each line.
    func run(_ command: String) throws -> [String: [Int64]] {
        let (status, output) = try Self.run(python, [script.path, command, folder.path])
        guard status == 0 else { throw OracleFailure(status: status) }
        var numbers: [String: [Int64]] = [:]
        for line in output.split(separator: "\n") {
            let words = line.split(separator: " ")
            numbers[String(words[0])] = words.dropFirst().compactMap { Int64($0) }
        }
        return numbers
    }

    func remove() {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            print("the oracle's folder could not be removed: \(error)")
        }
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}

/// The oracle ended with an error; its own text went to standard error.
struct OracleFailure: Error {
    let status: Int32
}
