import GRDB
import Glibc

/// A failure of the disk or of what is stored on it.
package struct StorageError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case cannotOpen
        case cannotRead
        case cannotWrite
        case diskFull
        /// Stored bytes that are not what was stored.
        case corrupt
        case notFound
        /// A file that must not be overwritten.
        case exists
        /// The ledger was sealed at the end of its run and takes no more entries.
        case sealed
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "\(code.rawValue): \(message)" }
}

extension StorageError {
    /// What the last call of the operating system reported; read before any other call.
    static func lastFailure(_ code: Code, _ path: String) -> StorageError {
        let number = errno
        return number == ENOSPC || number == EDQUOT
            ? StorageError(.diskFull, "\(path): the disk is full; free some space and run again")
            : StorageError(code, "\(path): \(String(cString: strerror(number)))")
    }

    /// Runs `body`, wrapping whatever the database or the file system throws.
    static func wrapping<Result>(_ code: Code, _ place: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as StorageError {
            throw error
        } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
            throw StorageError(.diskFull, "\(place): the disk is full; free some space and run again")
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            throw StorageError(.corrupt, "\(place): \(error.message ?? "the database is malformed")")
        } catch let error as DatabaseError {
            throw StorageError(code, "\(place): \(error.message ?? "result code \(error.resultCode.rawValue)")")
        } catch {
            throw StorageError(code, "\(place): \(error)")
        }
    }
}
