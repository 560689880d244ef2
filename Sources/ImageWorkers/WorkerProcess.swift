import Foundation
import MedicalImaging

/// One running worker, as its parent sees it.
final class WorkerProcess: Sendable {
    let channel: MessageChannel
    private let process: Process

    /// - Throws: `ImagingError` where the program cannot be started.
    init(program: String, arguments: [String], setup: WorkerSetup) throws {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Self.failure(String(cString: strerror(errno))) }
        channel = MessageChannel(descriptor: ends[0])
        process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        // What a library prints, or a crash, may hold values of a file.
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        process.standardInput = FileHandle(fileDescriptor: ends[1], closeOnDealloc: false)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        defer { close(ends[1]) }
        do {
            try process.run()
            try channel.send(setup)
        } catch MessageChannel.Failure.ended {
            // Asked for an answer it will turn out to be gone.
        } catch {
            throw Self.failure(error.localizedDescription)
        }
    }

    deinit { close(channel.descriptor) }

    private static func failure(_ reason: String) -> ImagingError {
        ImagingError(.unreadableFile, "No process can be started to decode images in (\(reason)).")
    }

    /// Ends it, if it has not ended, and says how it ended.
    func finish() -> String {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let status = process.terminationStatus
        return process.terminationReason == .exit ? "it ended with \(status)" : "signal \(status)"
    }
}
