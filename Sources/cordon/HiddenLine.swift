import Foundation

/// One line of standard input that a terminal does not show.
enum HiddenLine {
    /// - Throws: `CommandFailure` when there is none.
    static func read(prompt: String) throws -> String {
        var shown = termios()
        let isTerminal = tcgetattr(STDIN_FILENO, &shown) == 0
        if isTerminal {
            StandardStreams.write(prompt, to: .standardError)
            var hidden = shown
            hidden.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        }
        defer {
            if isTerminal {
                tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
                StandardStreams.write("\n", to: .standardError)
            }
        }
        guard let line = readLine(), !line.isEmpty else {
            throw CommandFailure(.usage, "no password came from standard input")
        }
        return line
    }
}
