/// A failure of this role's own making: something the operator must mend. A peer's bad message is never one.
package struct FederationError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case agreement
        case malformedMessage
        case badSignature
        case limit
        case reuse
        case training
        case ledger
        /// A chunk that slow work needs is not where it was kept.
        case missingChunk
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "\(code.rawValue): \(message)" }
}
