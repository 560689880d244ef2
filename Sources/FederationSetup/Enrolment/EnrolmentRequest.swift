package import Ledger

/// What a hospital asks of the coordinator before there is an agreement.
package enum EnrolmentRequest: Hashable, Sendable {
    case join(JoinRequest)
    /// The draft, or the agreement in force, with the signatures so far.
    case fetchAgreement
    case signAgreement(digest: Digest, signature: [UInt8])

    private static let version: UInt8 = 1

    package var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.append(Self.version)
        switch self {
        case .join(let request):
            writer.append(UInt8(1))
            request.encode(to: &writer)
        case .fetchAgreement:
            writer.append(UInt8(2))
        case .signAgreement(let digest, let signature):
            writer.append(UInt8(3))
            writer.append(digest)
            writer.append(counted: signature)
        }
        return writer.bytes
    }

    /// - Throws: `LedgerError` with code `malformed` for anything but one request in its one encoding.
    package init(decoding bytes: [UInt8]) throws(LedgerError) {
        var reader = ByteReader(bytes)
        let version = try reader.readUInt8()
        guard version == Self.version else {
            throw LedgerError(.malformed, "enrolment of version \(version), known is \(Self.version)")
        }
        switch try reader.readUInt8() {
        case 1: self = .join(try JoinRequest(from: &reader))
        case 2: self = .fetchAgreement
        case 3: self = .signAgreement(digest: try reader.readDigest(), signature: try reader.readCounted(limit: 64))
        case let kind: throw LedgerError(.malformed, "enrolment of unknown kind \(kind)")
        }
        try reader.finish()
    }
}
