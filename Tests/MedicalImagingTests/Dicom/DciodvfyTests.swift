import Crypto
import Foundation
import Testing

@testable import MedicalImaging

/// De-identified files have no kind of error that their sources have not, by dicom3tools' `dciodvfy`.
@Suite struct DciodvfyTests {
    private static let program = ["/usr/bin/dciodvfy", "/usr/local/bin/dciodvfy"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }
    private static let data = ProcessInfo.processInfo.environment["CORDON_DICOM_DATA"]

    @Test(.enabled(if: program != nil && data != nil, "needs dciodvfy (dicom3tools) and CORDON_DICOM_DATA=DIR"))
    func noNewErrors() throws {
        let (program, data) = (try #require(Self.program), try #require(Self.data))
        let folder = try TemporaryFolder()
        let key = DeidentificationKey(SymmetricKey(data: [UInt8](repeating: 7, count: 32)))
        let deidentifier = Deidentifier(key: key, options: [], pixels: .blank)
        var written = 0
        let names = FileManager.default.enumerator(atPath: data)?.compactMap { $0 as? String } ?? []
        for name in names.sorted() {
            let path = "\(data)/\(name)"
            guard let bytes = try? readFile(path, missing: .missingPath, what: "file"),
                let output = try? deidentifier.deidentify(bytes, file: name)
            else { continue }
            let target = "\(folder.path)/out.dcm"
            try Data(output.bytes).write(to: URL(fileURLWithPath: target))
            let before = try errors(program, path)
            let new = try errors(program, target).subtracting(before)
            #expect(new.isEmpty, "\(name): \(new.sorted())")
            written += 1
        }
        #expect(written > 40)
    }

    /// Kinds of errors: without places, values and numbers.
    private func errors(_ program: String, _ path: String) throws -> Set<String> {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["-new", path]
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Set(
            text.split(separator: "\n").filter { $0.hasPrefix("Error") }.map { line in
                String(line.replacing(/<[^>]*>/, with: "").replacing(/[0-9]+/, with: ""))
            })
    }
}
