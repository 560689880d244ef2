/// Why the contract did not accept an entry: a value with a stable code, not a fault of the program.
package struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    package let code: RefusalCode
    package let message: String

    package init(_ code: RefusalCode, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "refused (\(code.rawValue)): \(message)" }
}
