import Foundation
import ModelTraining
import Report
import Simulation

/// The directory of one run: `report.html`, `summary.json`, `model.safetensors` and `ledger/`.
struct OutputDirectory {
    let path: String

    /// All names that a run writes. A directory with anything else in it is somebody's and stays as it is.
    static let names: Set<String> = ["report.html", "summary.json", "model.safetensors", "ledger"]
    /// Ends the names of files that a run was still writing when it was stopped.
    private static let partialSuffix = ".partial"

    /// Makes the directory. What an earlier run left in it stays until `clear`.
    ///
    /// - Throws: `SimulationError` with code `cannotCreateOutput`.
    init(making path: String) throws {
        self.path = path
        let files = FileManager.default
        if let file = Self.fileInTheWay(of: path) {
            throw SimulationError(
                .cannotCreateOutput, "--out \(path): \(file) is a file and no directory; give another name")
        }
        do {
            try files.createDirectory(atPath: path, withIntermediateDirectories: true)
            let present = try files.contentsOfDirectory(atPath: path).sorted()
            if let foreign = present.first(where: { !Self.isOwn($0) }) {
                throw SimulationError(
                    .cannotCreateOutput,
                    "--out \(path): holds \"\(foreign)\", which is no file of a run; give a new or empty directory")
            }
        } catch let failure as SimulationError {
            throw failure
        } catch {
            throw SimulationError(
                .cannotCreateOutput,
                "--out \(path): cannot be made or read (\(Self.cause(of: error))); give a directory you may write to")
        }
    }

    /// Removes what an earlier run left.
    ///
    /// - Throws: `SimulationError` with code `cannotCreateOutput`.
    func clear() throws {
        do {
            for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted() where Self.isOwn(name) {
                try FileManager.default.removeItem(atPath: "\(path)/\(name)")
            }
        } catch {
            throw SimulationError(
                .cannotCreateOutput,
                "--out \(path): cannot be emptied (\(Self.cause(of: error))); give a directory you may write to")
        }
    }

    private static func isOwn(_ name: String) -> Bool {
        names.contains(name) || names.contains { $0 + partialSuffix == name }
    }

    /// Writes `model.safetensors`, `report.html` and last `summary.json`: where there is a summary, all is there.
    ///
    /// - Throws: `SimulationError` with code `inputOutput`.
    func write(_ summary: RunSummary, _ outcome: RunOutcome) throws {
        let model = try encodeSafetensors(
            outcome.model, specification: outcome.specification,
            metadata: ["format": "cordon", "digest": summary.model.digest, "federation": summary.ledger.origin])
        try write(Data(model), as: "model.safetensors")
        try write(Data(renderReport(summary).utf8), as: "report.html")
        try write(try summary.json(), as: "summary.json")
    }

    /// Writes beside and renames, so that a half-written file never has the name of a whole one.
    private func write(_ data: Data, as name: String) throws {
        let place = "\(path)/\(name)"
        let partial = place + Self.partialSuffix
        do {
            try writeSynchronised(data, to: partial)
            guard rename(partial, place) == 0 else { throw POSIXError.ofErrno }
        } catch {
            unlink(partial)
            throw SimulationError(
                .inputOutput,
                "\(place): writing \(data.count) bytes failed (\(Self.cause(of: error))); free some space or "
                    + "give another --out")
        }
    }

    private func writeSynchronised(_ data: Data, to file: String) throws {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw POSIXError.ofErrno }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: data)
        try handle.synchronize()
        try handle.close()
    }

    /// The path itself or the nearest of its ancestors that exists, if that is no directory.
    private static func fileInTheWay(of path: String) -> String? {
        var parts = path.split(separator: "/")
        while !parts.isEmpty {
            let place = (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
            var isDirectory: ObjCBool = false
            if FileManager.default.fileExists(atPath: place, isDirectory: &isDirectory) {
                return isDirectory.boolValue ? nil : place
            }
            parts.removeLast()
        }
        return nil
    }

    /// The system's own words, which Foundation wraps or replaces by a number.
    private static func cause(of error: any Error) -> String {
        var cause = error as NSError
        while let inner = cause.userInfo[NSUnderlyingErrorKey] as? NSError { cause = inner }
        guard cause.domain == NSPOSIXErrorDomain else { return cause.localizedDescription }
        return String(cString: strerror(Int32(cause.code)))
    }
}

extension POSIXError {
    /// What the last system call said.
    fileprivate static var ofErrno: POSIXError { POSIXError(Code(rawValue: errno) ?? .EIO) }
}
