import Foundation
import MedicalImaging

/// One HTTP request at a time through the program curl. What must not be seen in the list of processes goes to its
/// standard input; redirections are not followed.
struct CurlTransfer: Sendable {
    struct Answer: Sendable {
        let status: Int
        let contentType: String
        let body: [UInt8]
    }

    private let program: String
    private let server: DICOMwebServer
    private let retries: Int

    /// - Parameter searchPath: As in `PATH`.
    init(_ server: DICOMwebServer, searchPath: String, retries: Int) throws {
        let folders = searchPath.split(separator: ":").map { String($0) + "/curl" }
        guard let program = folders.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw DICOMwebError(.missingProgram, "The program curl is not installed; a PACS is asked through it.")
        }
        self.program = program
        self.server = server
        self.retries = retries
    }

    /// - Throws: `DICOMwebError` where no whole answer comes, or one of more than `limit` bytes.
    func get(_ path: String, accept: String, limit: Int) throws -> Answer {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["--config", "-"]
        let (input, output, report) = (Pipe(), Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = report
        do {
            try process.run()
        } catch {
            throw DICOMwebError(.missingProgram, "curl cannot be started (\(error.localizedDescription)).")
        }
        try input.fileHandleForWriting.write(contentsOf: Data(try configuration(path, accept).utf8))
        try input.fileHandleForWriting.close()
        var body: [UInt8] = []
        while true {
            let part = output.fileHandleForReading.availableData
            guard !part.isEmpty else { break }
            body += part
            guard body.count <= limit else {
                process.terminate()
                process.waitUntilExit()
                throw DICOMwebError(
                    .tooLarge, "\(server.root) sends more than \(limit >> 20) MiB for one request; it was stopped.")
            }
        }
        let text = String(decoding: report.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let lines = text.split(separator: "\n")
        guard process.terminationStatus == 0, let last = lines.last, last.hasPrefix("answer ") else {
            let reason = lines.last { $0.hasPrefix("curl: ") }.map(String.init) ?? "exit \(process.terminationStatus)"
            throw DICOMwebError(.unreachable, "\(server.root) cannot be asked (\(reason)).")
        }
        let words = last.split(separator: " ", maxSplits: 2).map(String.init)
        return Answer(
            status: words.count > 1 ? Int(words[1]) ?? 0 : 0, contentType: words.count > 2 ? words[2] : "", body: body)
    }

    private func configuration(_ path: String, _ accept: String) throws -> String {
        var lines = [
            "silent", "show-error", "no-buffer", "globoff", "url = \(Self.quoted(server.root + path))",
            "header = \(Self.quoted("Accept: \(accept)"))", "connect-timeout = 10",
            // A minute without a byte is a dead connection; long transfers are none.
            "speed-limit = 1", "speed-time = 60", "retry = \(retries)", "retry-connrefused", "retry-max-time = 120",
            "proto = \"=http,https\"", "write-out = \"%{stderr}answer %{http_code} %{content_type}\\n\"",
        ]
        switch server.credentials {
        case .none: break
        case .basic(let user, let file):
            guard !user.contains(":") else {
                throw DICOMwebError(.credentials, "A user's name for basic authentication bears no colon.")
            }
            lines.append("user = \(Self.quoted("\(user):\(try secret(file))"))")
        case .bearer(let file):
            lines.append("header = \(Self.quoted("Authorization: Bearer \(try secret(file))"))")
        }
        if let file = server.authorityFile { lines.append("cacert = \(Self.quoted(file))") }
        if let file = server.certificateFile { lines.append("cert = \(Self.quoted(file))") }
        if let file = server.keyFile { lines.append("key = \(Self.quoted(file))") }
        return lines.joined(separator: "\n") + "\n"
    }

    private func secret(_ file: String) throws -> String {
        let bytes = try readFile(file, missing: .missingPath, what: "The file with the password or token")
        let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
        guard !line.isEmpty, line.utf8.count <= 4096, !line.contains("\r") else {
            throw DICOMwebError(.credentials, "\(file) holds no password or token in its first line.")
        }
        return line
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        return "\"\(escaped)\""
    }
}
