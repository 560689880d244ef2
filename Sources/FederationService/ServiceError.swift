/// A failure of the service around the machines: what was wrong, where, and what to do.
package struct ServiceError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// A certificate that does not prove the identity it should.
        case certificate
        /// The other side cannot be reached, or went away.
        case unreachable
        /// The other side refuses this party.
        case refused
        /// A journal, key or chunk of this party is missing, damaged or of another federation.
        case state
        case limit
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
