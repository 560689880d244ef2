import Foundation

/// Reads a whole file. Throws `ImagingError` that says which and why.
package func readFile(_ path: String, missing: ImagingError.Code, what: String) throws -> [UInt8] {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue else {
        throw ImagingError(missing, "\(what): there is no file at \(path).")
    }
    do {
        return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
        throw ImagingError(.unreadableFile, "\(what): \(path) cannot be read (\(error.localizedDescription)).")
    }
}

/// Names in a folder, sorted, hidden ones left out.
func listFolder(_ path: String) throws -> [String] {
    do {
        return try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }.sorted()
    } catch {
        throw ImagingError(
            .unreadableFile, "The folder \(path) cannot be listed (\(error.localizedDescription)).")
    }
}

func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
}
