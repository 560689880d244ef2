import FederationSetup
import Foundation

/// Finds an agreement by what people name: a directory that holds it, or the file itself.
enum StoredAgreement {
    /// The agreement with every signature checked. The signatures of `NAME.json` lie beside it in `NAME.signatures`.
    static func read(_ path: String) throws -> SignedAgreement {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw CommandFailure(.missingInput, "\(path): there is no such file or directory")
        }
        guard isDirectory.boolValue else {
            let base = path.hasSuffix(".json") ? String(path.dropLast(".json".count)) : path
            return try AgreementFiles.read(agreement: path, signatures: base + ".signatures")
        }
        guard let signed = try AgreementFiles(directory: path).read() else {
            throw CommandFailure(
                .missingInput,
                "\(path) holds no \(AgreementFiles.agreementName) yet: there is one once every hospital has joined")
        }
        return signed
    }
}
