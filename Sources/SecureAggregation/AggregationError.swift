/// Why a contribution or a sum was refused. Never holds a secret or a value of an update.
package struct AggregationError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// An update has another number of integers, or its norm exceeds the bound.
        case updateOutOfBounds
        /// Bytes are not blocks, answers or sums of these parameters.
        case malformed
        /// The noise of a decrypted sum is larger than honest contributions leave.
        case noiseOutOfBounds
        /// An integer of a decrypted sum is larger than contributions within their bound reach.
        case digitOutOfBounds
        /// The policy is for another number of members than the parameters.
        case inconsistentParameters
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
