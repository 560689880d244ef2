import ArgumentParser
import Foundation
import ImageWorkers
import MedicalImaging

/// `cordon images worker`: the process in which files are decoded. Other commands start it; nobody else does.
struct ImagesWorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Decode files for another process of this program.", shouldDisplay: false)

    @Option(help: .private)
    var abortOn: String?

    @Option(help: .private)
    var hangOn: String?

    func run() throws {
        try Worker(abortsOn: abortOn, hangsOn: hangOn).run()
    }

    /// As many workers as this process may use processors, of this very program.
    static func pool(
        _ setup: WorkerSetup = WorkerSetup(), secondsPerFile: Int = defaultSecondsPerFile,
        workers: Int = processors
    ) throws -> WorkerPool {
        guard secondsPerFile > 0, secondsPerFile <= 86_400 else {
            throw CommandFailure(.usage, "--file-seconds \(secondsPerFile): must lie in 1 … 86400")
        }
        return WorkerPool(
            program: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
            arguments: ["images", "worker"], setup: setup, workers: workers, secondsPerFile: secondsPerFile)
    }

    /// Decodes what is trained on, in workers that start with the first file.
    static var decoding: SamplePreparation { get throws { try pool().preparation() } }

    static let defaultSecondsPerFile = 60

    private static var processors: Int {
        // What Foundation counts are those of the machine.
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let mask = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed:") }?.dropFirst(13) ?? ""
        return max(1, mask.reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) })
    }
}
