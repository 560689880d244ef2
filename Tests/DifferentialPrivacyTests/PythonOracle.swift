import Foundation

/// A script of `Tests/Vectors` run by the Python (`CORDON_PYTHON`, or `python3`) that has its packages.
enum PythonOracle {
    struct Failure: Error { let status: Int32 }

    /// What the script prints; nil, with a line that says so, where the module is not installed.
    static func output(of script: String, arguments: [String], module: String, install: String) throws -> Data? {
        let python = ProcessInfo.processInfo.environment["CORDON_PYTHON"] ?? "python3"
        let probe = "import importlib.util, sys; sys.exit(importlib.util.find_spec('\(module)') is None)"
        guard try run(python, ["-c", probe]).status == 0 else {
            print("SKIPPED: \(python) has no module \(module), only stored vectors are checked. pip install \(install)")
            return nil
        }
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Vectors/\(script)").path
        let (status, output) = try run(python, [path] + arguments)
        guard status == 0 else { throw Failure(status: status) }
        return output
    }

    private static func run(_ python: String, _ arguments: [String]) throws -> (status: Int32, output: Data) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [python] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, data)
    }
}
