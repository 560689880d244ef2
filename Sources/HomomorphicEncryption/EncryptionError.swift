/// Why parameters or ciphertexts were refused. Never holds a secret or a value of an update.
package struct EncryptionError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The size of the update or of the federation lies outside what the scheme supports.
        case unsupportedSize
        /// Rounding to the integers that fit would cost more than one per cent of the norm.
        case roundingTooCoarse
        /// The sketch would reveal more than an eighth of an update that nothing else protects.
        case sketchTooRevealing
        /// Bytes are not a ciphertext of these parameters.
        case malformedCiphertext
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
