import Foundation
import HummingbirdTLS
import NIOSSL

/// Reads a certificate chain and its key for TLS 1.3.
enum ServerCertificate {
    /// - Throws: `DashboardError` naming the file, and what to do.
    static func configuration(certificatePath: String, keyPath: String) throws -> TLSConfiguration {
        let chain: [NIOSSLCertificate]
        do {
            chain = try NIOSSLCertificate.fromPEMFile(certificatePath)
        } catch {
            throw DashboardError(.unreadable, "\(certificatePath): no certificate in PEM can be read from it")
        }
        try refuseOthersReading(keyPath)
        let key: NIOSSLPrivateKey
        do {
            key = try NIOSSLPrivateKey(file: keyPath, format: .pem)
        } catch {
            throw DashboardError(.unreadable, "\(keyPath): no private key in PEM can be read from it")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv13
        do {
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw DashboardError(
                .malformed, "\(certificatePath) and \(keyPath) do not belong together, or cannot be used for TLS")
        }
        return configuration
    }

    private static func refuseOthersReading(_ path: String) throws {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let mode = attributes[.posixPermissions] as? Int
        else { throw DashboardError(.unreadable, "\(path): the private key cannot be read") }
        guard mode & 0o007 == 0 else {
            throw DashboardError(.refused, "\(path): everybody on this machine can read the private key; chmod 600 it")
        }
    }
}
