/// A simulation that could not be prepared or carried out.
///
/// The message says what was wrong, where, and what to do; it holds no secret and nothing of a patient.
package struct SimulationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Who has to act, and so which exit code the command line gives.
    package enum Code: String, Hashable, Sendable {
        /// The command line asks for something impossible.
        case usage
        /// An input exists but cannot be used.
        case badData
        /// An input does not exist or cannot be read.
        case missingInput
        /// The output directory cannot be made or already holds something else.
        case cannotCreateOutput
        /// Reading or writing failed on the way, for instance on a full disk.
        case inputOutput
        /// A fault of the program.
        case internalFailure
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
