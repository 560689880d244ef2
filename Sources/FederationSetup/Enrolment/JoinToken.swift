package import Federation
import Foundation
package import Ledger

/// What a hospital needs to join: where the coordinator is, which key it must have, and a secret that works once. One
/// line, handed over by a way that others cannot read.
package struct JoinToken: Hashable, Sendable {
    /// `host:port` that the hospital dials.
    package let address: ServiceAddress
    package let coordinatorKey: [UInt8]
    package let hospital: String
    /// 32 bytes.
    package let secret: [UInt8]
    package let expires: Instant

    package static let secretBytes = 32
    static let prefix = "cordon1:"
    private static let checksumBytes = 4
    private static let textLimit = 4096

    package init(
        address: ServiceAddress, coordinatorKey: [UInt8], hospital: String, secret: [UInt8], expires: Instant
    ) {
        precondition(coordinatorKey.count == 32 && secret.count == Self.secretBytes)
        self.address = address
        self.coordinatorKey = coordinatorKey
        self.hospital = hospital
        self.secret = secret
        self.expires = expires
    }

    /// - Throws: `SetupError` with code `malformed` that tells a mistyped token from something else.
    package init(parsing text: String) throws {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.hasPrefix(Self.prefix), text.utf8.count <= Self.textLimit else {
            throw SetupError(
                .malformed,
                "this is no token: one begins with \(Self.prefix) and is one line. The coordinator prints it with: "
                    + "cordon coordinator invite NAME")
        }
        let mistyped = SetupError(
            .malformed,
            "the token is mistyped or cut short: its checksum does not fit. Copy the whole line again.")
        guard let bytes = decodeBase64URL(text.dropFirst(Self.prefix.count)), bytes.count > Self.checksumBytes else {
            throw mistyped
        }
        let body = Array(bytes.dropLast(Self.checksumBytes))
        guard Self.checksum(of: body) == Array(bytes.suffix(Self.checksumBytes)) else { throw mistyped }
        do {
            var reader = ByteReader(body)
            address = try ServiceAddress(parsing: try reader.readString(limit: 300))
            coordinatorKey = try reader.readFixed(32)
            hospital = try reader.readString(limit: 255)
            secret = try reader.readFixed(Self.secretBytes)
            expires = Instant(milliseconds: try reader.readUInt64())
            try reader.finish()
        } catch {
            throw SetupError(.malformed, "the token is whole, but of another version of Cordon; use the same version.")
        }
    }

    package var text: String {
        var writer = ByteWriter()
        writer.append(address.description)
        writer.append(fixed: coordinatorKey)
        writer.append(hospital)
        writer.append(fixed: secret)
        writer.append(expires.milliseconds)
        return Self.prefix + encodeBase64URL(writer.bytes + Self.checksum(of: writer.bytes))
    }

    private static func checksum(of body: [UInt8]) -> [UInt8] {
        Array(Digest.of(body, domain: "cordon/token/v1").bytes.prefix(checksumBytes))
    }

    /// What the coordinator keeps of the secret.
    package var secretDigest: Digest { Self.digest(of: secret) }

    static func digest(of secret: [UInt8]) -> Digest { Digest.of(secret, domain: "cordon/token-secret/v1") }
}
