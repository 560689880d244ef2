package import Federation
package import Ledger

/// An agreement with the signatures that it has so far, each of them checked. In force once every member and the
/// coordinator signed.
package struct SignedAgreement: Sendable, Hashable {
    package let agreement: Agreement
    /// The canonical JSON, as it is hashed, sent and stored.
    package let json: [UInt8]
    package let digest: Digest
    /// Signatures in the order of the members, the coordinator's first.
    package var signatures: [AgreementSignature] { signers.compactMap { valid[$0.publicKey] } }
    private var valid: [[UInt8]: AgreementSignature] = [:]

    static let jsonBytesMax = 4 << 20
    /// Stands for the coordinator where signers are named; no hospital may have it.
    package static let coordinatorName = "the coordinator"

    /// An agreement that nobody signed yet.
    ///
    /// - Throws: `FederationError(.agreement)`, or `SetupError` for names and keys that no party can have.
    package init(canonicalJSON json: [UInt8]) throws {
        guard json.count <= Self.jsonBytesMax else {
            throw SetupError(.malformed, "an agreement has at most \(Self.jsonBytesMax) bytes, not \(json.count)")
        }
        try self.init(Agreement(canonicalJSON: json))
    }

    package init(_ agreement: Agreement) throws {
        self.agreement = agreement
        json = try agreement.canonicalJSON
        digest = try agreement.digest
        guard isValidPartyName(agreement.name), agreement.members.allSatisfy({ isValidPartyName($0.name) }) else {
            throw SetupError(.malformed, "the agreement holds a name with spaces, plus signs or controls")
        }
        let keys = agreement.members.map(\.publicKey) + [agreement.coordinatorKey]
        guard keys.allSatisfy({ $0.count == 32 }), Set(keys).count == keys.count else {
            throw SetupError(.malformed, "the agreement gives two parties one key, or a key that is none")
        }
    }

    /// Takes a signature in. The same one again changes nothing.
    ///
    /// - Throws: `SetupError` with code `malformed` for a signature of a stranger or one that does not verify.
    package mutating func add(_ signature: AgreementSignature) throws {
        guard let signer = signers.first(where: { $0.publicKey == signature.publicKey }) else {
            throw SetupError(
                .malformed,
                "a signature is by a key that is no party to the agreement: \(Fingerprint(of: signature.publicKey))")
        }
        guard signature.isValid(for: digest) else {
            throw SetupError(.malformed, "the signature of \(signer.name) is not one of this agreement")
        }
        valid[signature.publicKey] = signature
    }

    package func isSigned(by publicKey: [UInt8]) -> Bool { valid[publicKey] != nil }

    /// Names of those who have not signed.
    package var missing: [String] { signers.filter { valid[$0.publicKey] == nil }.map(\.name) }

    package var isInForce: Bool { missing.isEmpty }

    /// Everybody whose signature is needed.
    package var signers: [Agreement.Member] {
        [Agreement.Member(name: Self.coordinatorName, publicKey: agreement.coordinatorKey)] + agreement.members
    }
}
