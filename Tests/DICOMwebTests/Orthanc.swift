import Foundation
import Synchronization

@testable import DICOMweb

/// A real Orthanc on a free port of the loopback interface, with files made here.
final class Orthanc: Sendable {
    private static let program = "/usr/sbin/Orthanc"
    private static let plugin = "/usr/share/orthanc/plugins/libOrthancDicomWeb.so"
    private static let curl = "/usr/bin/curl"

    static let isInstalled = [program, plugin, curl].allSatisfy { FileManager.default.fileExists(atPath: $0) }

    struct Failure: Error {
        let reason: String
    }

    let folder: String
    private let port: Int
    private let process = Mutex<Process?>(nil)

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/orthanc-\(UUID().uuidString)"
        port = try Self.freePort()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let configuration = """
            {"Name": "test", "StorageDirectory": "\(folder)/storage", "IndexDirectory": "\(folder)/storage",
             "Plugins": ["\(Self.plugin)"], "HttpPort": \(port), "HttpBindAddresses": ["127.0.0.1"],
             "DicomServerEnabled": false, "RemoteAccessAllowed": false, "AuthenticationEnabled": true,
             "RegisteredUsers": {"research": "let-me-in"}, "DicomWeb": {"Enable": true, "Root": "/dicom-web/"}}
            """
        try Data(configuration.utf8).write(to: URL(fileURLWithPath: folder + "/orthanc.json"))
        try start()
    }

    func start() throws {
        let own = Process()
        own.executableURL = URL(fileURLWithPath: Self.program)
        own.arguments = [folder + "/orthanc.json"]
        own.standardOutput = FileHandle.nullDevice
        own.standardError = FileHandle.nullDevice
        try own.run()
        process.withLock { $0 = own }
        for _ in 0..<200 {
            if try run(["--silent", "--fail", "--user", "research:let-me-in", address + "/system"]) == 0 { return }
            Thread.sleep(forTimeInterval: 0.1)
        }
        throw Failure(reason: "Orthanc does not answer")
    }

    /// Stops the server and keeps what it has.
    func pause() {
        process.withLock { own in
            // As a power cut: asked to stop, it waits for its jobs.
            if let own, own.isRunning { kill(own.processIdentifier, SIGKILL) }
            if let own { _ = Self.finished(own, within: 10) }
            own = nil
        }
    }

    func stop() {
        pause()
        try? FileManager.default.removeItem(atPath: folder)
    }

    func server(password: String = "let-me-in", path: String = "/dicom-web") throws -> DICOMwebServer {
        let file = folder + "/password-\(password.count)"
        try Data((password + "\n").utf8).write(to: URL(fileURLWithPath: file))
        return try DICOMwebServer(
            root: address + path, credentials: .basic(user: "research", passwordFile: file))
    }

    var address: String { "http://127.0.0.1:\(port)" }

    /// Stores a small image and gives its bytes.
    func store(number: Int, modality: String) throws -> [UInt8] {
        let bytes = Self.image(number: number, modality: modality)
        let file = folder + "/upload.dcm"
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        let status = try run([
            "--silent", "--fail", "--user", "research:let-me-in", "--data-binary", "@\(file)", address + "/instances",
        ])
        guard status == 0 else { throw Failure(reason: "the upload failed") }
        return bytes
    }

    private func run(_ arguments: [String]) throws -> Int32 {
        let curl = Process()
        curl.executableURL = URL(fileURLWithPath: Self.curl)
        curl.arguments = arguments
        curl.standardOutput = FileHandle.nullDevice
        curl.standardError = FileHandle.nullDevice
        try curl.run()
        return Self.finished(curl, within: 10) ? curl.terminationStatus : -1
    }

    /// Waits no longer than that, and ends the process then: a test must not hang on a server.
    private static func finished(_ process: Process, within seconds: Int) -> Bool {
        for _ in 0..<seconds * 100 {
            guard process.isRunning else { return true }
            Thread.sleep(forTimeInterval: 0.01)
        }
        kill(process.processIdentifier, SIGKILL)
        return false
    }

    private static func freePort() throws -> Int {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 ? getsockname(socket, $0, &length) : -1
            }
        }
        guard status == 0 else { throw Failure(reason: "no free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Explicit little endian, 4 × 4 pixels of 8 bits.
    private static func image(number: Int, modality: String) -> [UInt8] {
        func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * $0) & 255) } }
        func element(_ group: Int, _ element: Int, _ vr: String, _ value: [UInt8]) -> [UInt8] {
            let even = value.count % 2 == 0 ? value : value + [vr == "UI" ? 0 : 32]
            let head = little(group, 2) + little(element, 2) + Array(vr.utf8)
            return head + (vr == "OB" ? [0, 0] + little(even.count, 4) : little(even.count, 2)) + even
        }
        func text(_ group: Int, _ number: Int, _ vr: String, _ value: String) -> [UInt8] {
            element(group, number, vr, Array(value.utf8))
        }
        let kind = "1.2.840.10008.5.1.4.1.1.7"
        let meta =
            element(2, 1, "OB", [0, 1]) + text(2, 2, "UI", kind) + text(2, 3, "UI", "1.2.826.9.3.\(number + 1)")
            + text(2, 16, "UI", "1.2.840.10008.1.2.1")
        var data = text(8, 0x16, "UI", kind) + text(8, 0x18, "UI", "1.2.826.9.3.\(number + 1)")
        data += text(8, 0x20, "DA", "20240131") + text(8, 0x60, "CS", modality)
        data += text(0x10, 0x10, "PN", "Doe^Jane") + text(0x10, 0x20, "LO", "MRN\(number / 2)")
        data +=
            text(0x20, 0xD, "UI", "1.2.826.9.1.\(number / 2 + 1)")
            + text(0x20, 0xE, "UI", "1.2.826.9.2.\(number + 1)")
        data += element(0x28, 2, "US", little(1, 2)) + text(0x28, 4, "CS", "MONOCHROME2")
        for (tag, value) in [(0x10, 4), (0x11, 4), (0x100, 8), (0x101, 8), (0x102, 7), (0x103, 0)] {
            data += element(0x28, tag, "US", little(value, 2))
        }
        data += element(0x7FE0, 0x10, "OB", (0..<16).map { UInt8($0 == number ? 255 : $0 * 15) })
        return [UInt8](repeating: 0, count: 128) + Array("DICM".utf8) + element(2, 0, "UL", little(meta.count, 4))
            + meta
            + data
    }
}
