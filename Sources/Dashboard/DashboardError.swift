/// Why the dashboard cannot serve, or a password not be kept.
package struct DashboardError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// What was asked for is not safe or not possible.
        case refused
        /// A file that is needed cannot be read.
        case unreadable
        /// A file was read and is not what it should be.
        case malformed
        /// The address cannot be listened on, or a file not be written.
        case cannotServe
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "\(code.rawValue): \(message)" }
}
