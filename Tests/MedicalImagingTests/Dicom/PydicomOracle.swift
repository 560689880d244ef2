import Foundation

/// What pydicom makes of files, when there is a Python (`CORDON_PYTHON`, or `python3`) that has it.
struct PydicomOracle {
    struct Answer {
        /// Stored values of the first frame; nil where pydicom refuses.
        let samples: [Int32]?
        /// In their place where the pixels are floating-point numbers.
        var reals: [Double]?
        let isLossless: Bool
        /// Windowed grey, 0 to 65535, where the file states a window.
        let grey: [Double]?
    }

    let files: [String]
    static let python = ProcessInfo.processInfo.environment["CORDON_PYTHON"] ?? "python3"

    /// Nil, with a line that says so, without pydicom 3. Its own test files, and those under `CORDON_DICOM_DATA`.
    init?() throws {
        let environment = ProcessInfo.processInfo.environment
        let python = Self.python
        let probe = "import os, pydicom.pixels as p; print(os.path.dirname(os.path.dirname(p.__file__)))"
        let (status, output) = try Self.run(python, ["-c", probe])
        guard status == 0 else {
            print(
                "SKIPPED: \(python) has no pydicom 3, so no pixel is compared with it. "
                    + "pip install pydicom pylibjpeg[all] numpy, and set CORDON_PYTHON")
            return nil
        }
        var folders = [output.split(separator: "\n").first.map { "\($0)/data/test_files" } ?? ""]
        if let own = environment["CORDON_DICOM_DATA"] {
            folders.append(own)
        } else {
            print("CORDON_DICOM_DATA is not set: only the files that come with pydicom are compared")
        }
        files = folders.flatMap { folder -> [String] in
            let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
            return names.filter { $0.hasSuffix(".dcm") }.sorted().map { "\(folder)/\($0)" }
        }
    }

    /// The file with a sentinel in each of these attributes, and the sentinels.
    func plant(in file: String, tags: [String]) throws -> (bytes: [UInt8], sentinels: [String]) {
        let target = FileManager.default.temporaryDirectory.appendingPathComponent("cordon-\(UUID().uuidString).dcm")
        let (status, output) = try Self.run(
            Self.python, [Self.script("dicom/sentinels.py"), file, target.path] + tags)
        guard status == 0 else { throw PydicomFailure(status: status) }
        let bytes = [UInt8](try Data(contentsOf: target))
        try FileManager.default.removeItem(at: target)
        return (bytes, output.split(separator: "\n").map(String.init))
    }

    static func script(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Vectors/\(name)").path
    }

    func answers() throws -> [Answer] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cordon-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(error)") }
        }
        let (status, output) = try Self.run(Self.python, [Self.script("dicom/oracle.py"), folder.path] + files)
        guard status == 0 else { throw PydicomFailure(status: status) }
        return try output.split(separator: "\n").map { line in
            let words = line.split(separator: " ")
            let place = folder.appendingPathComponent(String(words[0])).path
            if words[1] == "real" {
                let reals = try Self.read(place + ".reals", as: Double.self)
                return Answer(samples: nil, reals: reals, isLossless: true, grey: nil)
            }
            guard words[1] == "ok" else { return Answer(samples: nil, isLossless: false, grey: nil) }
            return Answer(
                samples: try Self.read(place + ".samples", as: Int32.self), isLossless: words[2] == "1",
                grey: words[3] == "1" ? try Self.read(place + ".grey", as: Double.self) : nil)
        }
    }

    static func read<Value>(_ path: String, as type: Value.Type) throws -> [Value] {
        try Data(contentsOf: URL(fileURLWithPath: path)).withUnsafeBytes { bytes in
            (0..<bytes.count / MemoryLayout<Value>.size).map {
                bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Value>.size, as: type)
            }
        }
    }

    static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}

struct PydicomFailure: Error {
    let status: Int32
}
