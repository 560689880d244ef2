/// Why parameters or ciphertexts were refused. Never holds a secret or a value of an update.
package struct EncryptionError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The size of the update or of the federation lies outside what the scheme supports.
        case unsupportedSize
        /// Opened coefficients and modulus leave less security than the level asked for.
        case tooWeak
        /// Rounding to the integers that fit would cost more of the norm than tolerated.
        case roundingTooCoarse
        /// The sketch would reveal more than an eighth of an update that nothing else protects.
        case sketchTooRevealing
        /// An honest round would be decoded wrongly, or refused, with a probability that is not below 2^-60.
        case failureTooLikely
        /// A limit outside the encryption, for instance on a message.
        case beyondLimit
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
