import Foundation
import Report
import Testing

/// A federation as small as it can be: three hospitals, one round, images of 16 pixels made on the spot.
enum SmallRun {
    /// The arguments that every run of these tests shares; later flags take the place of earlier ones.
    static func arguments(_ more: String...) -> [String] {
        let size = ["--data", "synthetic:120", "--image-size", "16", "--hospitals", "3", "--rounds", "1"]
        return ["simulate"] + size + ["--out", "run"] + more
    }

    /// A run that must succeed, and its summary.
    static func succeed(_ arguments: [String], in scratch: Scratch) throws -> (CordonRun, RunSummary) {
        let run = try CordonRun(arguments, in: scratch)
        try #require(run.status == 0, "\(run.standardError)")
        let place = try #require(arguments.lastIndex(of: "--out"))
        return (run, try RunSummary(json: try scratch.data("\(arguments[place + 1])/summary.json")))
    }
}
