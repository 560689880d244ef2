import Foundation

/// Standard output and error, written at once so that a live line and a log never mix.
enum StandardStreams {
    /// Makes a reader that has gone away, and a limit on file size, come back from `write` as errors: the signals
    /// would end the program without a word.
    static func turnSignalsIntoErrors() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
    }

    /// Writes text as UTF-8. A reader that has gone away (a closed pipe) is no failure of the run; anything else that
    /// keeps standard output from being written ends the program, since what was asked for does not arrive.
    static func write(_ text: String, to handle: FileHandle) {
        let descriptor = handle.fileDescriptor
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written >= 0 {
                bytes = bytes.dropFirst(written)
            } else if errno != EINTR {
                guard errno != EPIPE, descriptor == STDOUT_FILENO else { return }
                ExitStatus.end(
                    saying: "standard output: writing failed (\(String(cString: strerror(errno))))", as: .inputOutput)
            }
        }
    }

    /// Writes a value as JSON, keys sorted, to standard output.
    static func write(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        write(String(decoding: try encoder.encode(value), as: UTF8.self) + "\n", to: .standardOutput)
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
