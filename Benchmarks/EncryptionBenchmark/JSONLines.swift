import Foundation

/// One value a line on standard output, written at once so that a waiting reader gets it.
struct JSONLines {
    static func write(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        FileHandle.standardOutput.write(try encoder.encode(value) + Data([10]))
    }
}
