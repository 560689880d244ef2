import ArgumentParser
import Foundation

/// How the program ends: the numbers of BSD's `sysexits.h`.
enum ExitStatus: Int32 {
    /// The answer of a check is no, for instance a ledger that does not verify.
    case checkFailed = 1
    case usage = 64
    case badData = 65
    case missingInput = 66
    case internalFailure = 70
    case cannotCreateOutput = 73
    case inputOutput = 74

    /// The table of the help text.
    static let table = """
        EXIT CODES
          0   done, or the check holds
          1   the check does not hold (ledger verify, agreement check, agreement draft, privacy audit)
          64  usage: an unknown or impossible flag or value
          65  bad data: an input exists but cannot be used
          66  missing input: a file or directory does not exist or cannot be read
          70  internal: a fault of this program; please report it
          73  the output cannot be created
          74  reading or writing failed on the way, for instance on a full disk
        """

    /// Says on standard error what was wrong and ends the program; help and version go to standard output with 0.
    static func end(with error: any Error) -> Never {
        if let code = error as? ExitCode { exit(code.rawValue) }
        if let failure = Failure(error) { end(saying: failure.message, as: failure.status) }
        let code = Cordon.exitCode(for: error)
        if code.isSuccess { Cordon.exit(withError: error) }
        if code == .validationFailure {
            end(saying: Cordon.message(for: error) + "\n       see: cordon help", as: .usage)
        }
        let cause = error as NSError
        if cause.domain == NSPOSIXErrorDomain || cause.domain == NSCocoaErrorDomain {
            end(saying: cause.localizedDescription, as: .inputOutput)
        }
        end(saying: "\(error)", as: .internalFailure)
    }

    static func end(saying message: String, as status: ExitStatus) -> Never {
        StandardStreams.write("error: \(message)\n", to: .standardError)
        exit(status.rawValue)
    }
}
