import Foundation

/// Where a PACS speaks DICOMweb (PS3.18), and with what it lets in.
package struct DICOMwebServer: Sendable {
    package enum Credentials: Sendable {
        case none
        /// HTTP basic authentication; the password is the file's first line.
        case basic(user: String, passwordFile: String)
        /// A bearer token; the file's first line.
        case bearer(tokenFile: String)
    }

    /// Without a slash at the end.
    package let root: String
    package let credentials: Credentials
    /// PEM files: authorities to trust instead of the system's, and this site's certificate and key.
    package let authorityFile: String?
    package let certificateFile: String?
    package let keyFile: String?

    /// - Throws: `DICOMwebError` for an address that is no HTTP address, bears credentials, or would send patients'
    ///   data through a network in the clear.
    package init(
        root: String, credentials: Credentials = .none, authorityFile: String? = nil, certificateFile: String? = nil,
        keyFile: String? = nil, allowsInsecureHTTP: Bool = false
    ) throws {
        guard let parts = URLComponents(string: root), let scheme = parts.scheme?.lowercased(), let host = parts.host,
            ["http", "https"].contains(scheme), !host.isEmpty, parts.query == nil, parts.fragment == nil
        else {
            throw DICOMwebError(.address, "\(root.prefix(80)) is no address such as https://pacs.example/dicom-web.")
        }
        guard parts.user == nil, parts.password == nil else {
            throw DICOMwebError(.address, "The address bears a user or password: give --user and --password-file.")
        }
        let isLoopback = ["127.0.0.1", "localhost", "[::1]", "::1"].contains(host)
        guard scheme == "https" || isLoopback || allowsInsecureHTTP else {
            throw DICOMwebError(
                .address,
                "\(host) would send patients' data in the clear: use https://, or --insecure-http on a network that is "
                    + "protected otherwise.")
        }
        self.root = root.hasSuffix("/") ? String(root.dropLast()) : root
        self.credentials = credentials
        self.authorityFile = authorityFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }
}
