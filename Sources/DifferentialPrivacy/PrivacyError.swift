/// A refusal of this module: what was wrong, where, and what to do.
package struct PrivacyError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable, Codable {
        case invalidParameter
        case unsupportedEvent
        case overBudget
        case unreachableTarget
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "\(code.rawValue): \(message)" }
}
