import Crypto
import Foundation
import MedicalImaging

/// Brings instances from a PACS into a folder. Files are named by a digest of their UID, and written whole or not at
/// all, so that a run that was stopped goes on where it was.
package struct ArchiveFetch {
    package struct Outcome: Codable, Hashable, Sendable {
        package let found: Int
        package let fetched: Int
        package let alreadyPresent: Int
        package let bytes: Int
        /// Instances that the server would not give, or gave wrongly, by reason.
        package let failed: [String: Int]
    }

    private let transfer: CurlTransfer
    private let server: DICOMwebServer

    private static let searchLimit = 64 << 20
    private static let instanceLimit = 1 << 30
    private static let page = 500

    package init(
        _ server: DICOMwebServer, searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? "",
        retries: Int = 4
    ) throws {
        self.server = server
        transfer = try CurlTransfer(server, searchPath: searchPath, retries: retries)
    }

    /// - Parameters:
    ///   - limit: Most instances to fetch.
    ///   - isDryRun: Searches, and fetches nothing.
    /// - Throws: `DICOMwebError` where the search fails or the server is gone; `ImagingError` where nothing can be
    ///   written. One instance that fails is counted.
    package func run(
        _ query: DICOMwebQuery, to folder: String, limit: Int, isDryRun: Bool, progress: (Int, Int) -> Void
    ) throws -> Outcome {
        let instances = try search(query, limit: limit)
        var (fetched, present, bytes) = (0, 0, 0)
        var failed: [String: Int] = [:]
        if !isDryRun { try makeFolder(folder) }
        for (index, reference) in instances.enumerated() where !isDryRun {
            let path = "\(folder)/\(Self.name(reference)).dcm"
            if FileManager.default.fileExists(atPath: path) {
                present += 1
            } else {
                do {
                    let file = try instance(reference)
                    try writeAtomically(file, to: path, mode: 0o600, isDurable: false)
                    fetched += 1
                    bytes += file.count
                } catch let error as DICOMwebError where [.notFound, .wrongInstance, .tooLarge].contains(error.code) {
                    failed[error.code.rawValue, default: 0] += 1
                }
            }
            progress(index + 1, instances.count)
        }
        return Outcome(
            found: instances.count, fetched: fetched, alreadyPresent: present, bytes: bytes, failed: failed)
    }

    /// Says nothing of the patient.
    static func name(_ reference: InstanceReference) -> String {
        SHA256.hash(data: Data(reference.instance.utf8)).prefix(16)
            .map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    func search(_ query: DICOMwebQuery, limit: Int) throws -> [InstanceReference] {
        var found: [InstanceReference] = []
        var seen: Set<InstanceReference> = []
        while found.count < limit {
            let path = "/instances?" + (try query.parameters(limit: Self.page, offset: found.count))
            let answer = try transfer.get(path, accept: "application/dicom+json", limit: Self.searchLimit)
            // No content: nothing more (PS3.18 10.6.3).
            if answer.status == 204 { break }
            try check(answer)
            let page = try InstanceReference.list(answer.body)
            let new = page.filter { seen.insert($0).inserted }
            guard !page.isEmpty else { break }
            guard new.count == page.count else {
                throw DICOMwebError(.notDICOMweb, "\(server.root) gives the same instances again for the next page.")
            }
            found += new
            if page.count < Self.page { break }
        }
        return Array(found.prefix(limit))
    }

    func instance(_ reference: InstanceReference) throws -> [UInt8] {
        let answer = try transfer.get(
            reference.path, accept: "multipart/related; type=\"application/dicom\"; transfer-syntax=*",
            limit: Self.instanceLimit)
        try check(answer)
        let parts = try MultipartBody(answer.body, contentType: answer.contentType).parts
        guard parts.count == 1, let part = parts.first else {
            throw DICOMwebError(.wrongInstance, "\(server.root) sends \(parts.count) files for one instance.")
        }
        let file = Array(part)
        guard let dicom = try? DicomFile(file, file: "an instance"), dicom.instanceUID == reference.instance else {
            throw DICOMwebError(.wrongInstance, "\(server.root) sends another file than the one asked for.")
        }
        return file
    }

    private func check(_ answer: CurlTransfer.Answer) throws {
        switch answer.status {
        case 200: return
        case 401, 403:
            throw DICOMwebError(
                .refused, "\(server.root) refuses (\(answer.status)): check --user, --password-file or --token-file.")
        case 404: throw DICOMwebError(.notFound, "\(server.root) has nothing at the path of DICOMweb (404).")
        case 500...599:
            throw DICOMwebError(.serverFailure, "\(server.root) fails (\(answer.status)), also when asked again.")
        default:
            throw DICOMwebError(
                .notDICOMweb, "\(server.root) answers \(answer.status), which DICOMweb does not: is the address right?")
        }
    }
}
