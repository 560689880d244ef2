/// Why a share, a key or a sharing policy was refused. Never holds a secret.
package struct SharingError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// No sharing with this threshold among so many members is safe.
        case unsafeThreshold
        /// Bytes are not a share, answer or commitment of these parameters.
        case malformedShare
        /// A recipient key is not one, or was erased.
        case unusableKey
        /// Sealed bytes were not made for this key and purpose.
        case cannotOpen
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
