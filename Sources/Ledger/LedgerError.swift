/// A failure of the ledger's encodings, keys, notes and proofs. Refused entries are `Refusal`s instead.
package struct LedgerError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// Bytes or text that are not a canonical encoding.
        case malformed
        /// A key seed, public key or key name that cannot be used.
        case invalidKey
        /// A signature that does not verify.
        case invalidSignature
        /// A proof, index or size that does not belong to this log.
        case invalidProof
        /// A record that this replica's own execution contradicts.
        case divergence
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "\(code.rawValue): \(message)" }
}
