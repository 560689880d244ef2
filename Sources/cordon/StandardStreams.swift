import Foundation

/// Standard output and error, written at once so that a live line and a log never mix.
enum StandardStreams {
    /// Writes text as UTF-8. A reader that has gone away (a closed pipe) is no failure of the run.
    static func write(_ text: String, to handle: FileHandle) {
        do {
            try handle.write(contentsOf: Data(text.utf8))
        } catch {
            // There is nowhere left to say it: the stream that takes messages is the one that failed.
            return
        }
    }

    /// True when a person watches standard output.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Columns of the terminal, 80 when unknown.
    static var columns: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
