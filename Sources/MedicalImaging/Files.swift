import Foundation

/// Reads a whole file. Throws `ImagingError` that says which and why.
package func readFile(_ path: String, missing: ImagingError.Code, what: String) throws -> [UInt8] {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue else {
        throw ImagingError(missing, "\(what): there is no file at \(path).")
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    var status = stat()
    defer { if descriptor >= 0 { close(descriptor) } }
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
        throw ImagingError(.unreadableFile, "\(what): \(path) cannot be read (\(String(cString: strerror(errno)))).")
    }
    // One more than it says, so that its end is seen; what grows meanwhile, or has no size, is read in pieces.
    var bytes: [UInt8] = []
    var room = Int(status.st_size) + 1
    var failure: Int32 = 0
    while true {
        let part = [UInt8](unsafeUninitializedCapacity: room) { target, done in
            while done < room {
                let count = read(descriptor, target.baseAddress.map { $0 + done }, room - done)
                if count > 0 {
                    done += count
                } else if count == 0 || errno != EINTR {
                    failure = count == 0 ? 0 : errno
                    break
                }
            }
        }
        if bytes.isEmpty { bytes = part } else { bytes += part }
        guard part.count == room else { break }
        room = 1 << 20
    }
    guard failure == 0 else {
        throw ImagingError(.unreadableFile, "\(what): \(path) cannot be read (\(String(cString: strerror(failure)))).")
    }
    return bytes
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
