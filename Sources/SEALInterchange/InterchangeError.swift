/// Why a file of Microsoft SEAL, or parameters for one, were refused. Never holds a secret.
package struct InterchangeError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The bytes end before the object does, or go on after it.
        case wrongLength
        /// The bytes do not begin like a file of SEAL.
        case notSEAL
        /// Another version than 4.3 or 4.4.
        case unsupportedVersion
        /// A compression that is unknown, damaged, or could not be run.
        case compression
        /// The object is larger than one of these parameters can be.
        case tooLarge
        /// Parameters that SEAL or these kernels do not take.
        case unsupportedParameters
        /// A field or a residue has a value that the format does not allow.
        case malformed
        /// The object belongs to other parameters.
        case otherParameters
        /// A seeded ciphertext whose stream is not BLAKE2Xb.
        case unsupportedSeed
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
