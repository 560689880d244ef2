/// A federation that cannot be set up so. The message says what was wrong, where, and what to do; it holds no secret.
package struct SetupError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Who has to act.
    package enum Code: String, Hashable, Sendable {
        /// The command line asks for something impossible.
        case usage
        /// A configuration that cannot be used.
        case configuration
        /// A token, an agreement or another file that is not what it should be.
        case malformed
        /// A key that others than its owner may read.
        case exposedKey
        case missing
        /// Another party, or this hospital's own limits, say no.
        case refused
        /// The coordinator cannot be reached.
        case unreachable
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
