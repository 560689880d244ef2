import ArgumentParser
import Foundation
import Logging
import Operations

/// How a node's log is written: lines for a person, or JSON for machines; always to standard error.
enum NodeLog: String, ExpressibleByArgument, CaseIterable {
    case plain, json

    func log(label: String) -> OperationalLog {
        let write: @Sendable (String) -> Void = { StandardStreams.write($0, to: .standardError) }
        return OperationalLog(
            Logger(label: label) { label in
                switch self {
                case .plain: PlainLineLogHandler(now: { Date() }, write: write)
                case .json: JSONLineLogHandler(label: label, now: { Date() }, write: write)
                }
            })
    }
}
