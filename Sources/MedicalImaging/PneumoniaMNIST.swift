import Crypto
import Foundation

/// PneumoniaMNIST (Yang et al., Scientific Data 10:41, 2023; CC BY 4.0) from Zenodo record 10519652.
enum PneumoniaMNIST {
    static let address = "https://zenodo.org/records/10519652/files/pneumoniamnist.npz"
    /// The checksum that the record publishes. MD5 guards against damage only; the set's SHA-256 digest goes on record.
    static let checksum = "28209eda62fecd6e6a2d98b1501bb15f"
    static let timeLimitSeconds = 20

    /// Path of the file in the cache, downloading it first if need be. Throws `ImagingError` of code `download`.
    static func fetch(environment: [String: String], address: String = address) throws -> String {
        let folder = try cacheFolder(environment)
        let file = folder + "/pneumoniamnist.npz"
        if FileManager.default.fileExists(atPath: file), try matches(file) { return file }
        let partial = folder + "/pneumoniamnist.\(ProcessInfo.processInfo.processIdentifier).part"
        defer { try? FileManager.default.removeItem(atPath: partial) }
        try download(address, to: partial, searchPath: environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin")
        guard try matches(partial) else {
            throw ImagingError(.download, "what \(address) sent does not have the published checksum \(checksum).")
        }
        do {
            if FileManager.default.fileExists(atPath: file) { try FileManager.default.removeItem(atPath: file) }
            try FileManager.default.moveItem(atPath: partial, toPath: file)
        } catch {
            throw ImagingError(.download, "\(file) cannot be written (\(error.localizedDescription)).")
        }
        return file
    }

    /// `$XDG_CACHE_HOME/cordon`, else `$HOME/.cache/cordon`; made if missing.
    static func cacheFolder(_ environment: [String: String]) throws -> String {
        let named = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        guard let base = named ?? environment["HOME"].map({ $0 + "/.cache" }) else {
            throw ImagingError(.download, "neither XDG_CACHE_HOME nor HOME says where to keep a download.")
        }
        do {
            try FileManager.default.createDirectory(atPath: base + "/cordon", withIntermediateDirectories: true)
        } catch {
            throw ImagingError(.download, "\(base)/cordon cannot be made (\(error.localizedDescription)).")
        }
        return base + "/cordon"
    }

    private static func matches(_ file: String) throws -> Bool {
        let bytes = try readFile(file, missing: .download, what: "Download")
        let digest = Insecure.MD5.hash(data: bytes)
        let text = digest.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        return text.joined() == checksum
    }

    private static func download(_ address: String, to file: String, searchPath: String) throws {
        let folders = searchPath.split(separator: ":").map { String($0) + "/curl" }
        guard let program = folders.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw ImagingError(.download, "the program curl, needed to download \(address), is not installed.")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = [
            "--silent", "--show-error", "--fail", "--location", "--connect-timeout", "5",
            "--max-time", String(timeLimitSeconds), "--output", file, address,
        ]
        let failures = Pipe()
        process.standardError = failures
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw ImagingError(.download, "curl cannot be started (\(error.localizedDescription)).")
        }
        let text = String(decoding: failures.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let reason = text.split(separator: "\n").last.map(String.init) ?? "exit \(process.terminationStatus)"
            throw ImagingError(.download, "\(address) cannot be downloaded (\(reason)).")
        }
    }
}
