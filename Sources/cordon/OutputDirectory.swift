import Foundation
import ModelTraining
import Report
import Simulation

/// The directory of one run: `report.html`, `summary.json`, `model.safetensors` and `ledger/`.
struct OutputDirectory {
    let path: String

    /// All names that a run writes. A directory with anything else in it is somebody's and stays as it is.
    static let names: Set<String> = ["report.html", "summary.json", "model.safetensors", "ledger"]

    /// Makes the directory, and clears it of an earlier run.
    ///
    /// - Throws: `SimulationError` with code `cannotCreateOutput`.
    init(preparing path: String) throws {
        self.path = path
        let files = FileManager.default
        do {
            try files.createDirectory(atPath: path, withIntermediateDirectories: true)
            let present = try files.contentsOfDirectory(atPath: path).sorted()
            if let foreign = present.first(where: { !Self.names.contains($0) }) {
                throw SimulationError(
                    .cannotCreateOutput,
                    "--out \(path): holds \"\(foreign)\", which is no file of a run; give a new or empty directory")
            }
            for name in present { try files.removeItem(atPath: "\(path)/\(name)") }
        } catch let failure as SimulationError {
            throw failure
        } catch {
            throw SimulationError(
                .cannotCreateOutput,
                "--out \(path): cannot be made or emptied (\(Self.cause(of: error))); give a directory you may write to"
            )
        }
    }

    /// Writes `model.safetensors`, `summary.json` and `report.html`.
    ///
    /// - Throws: `SimulationError` with code `inputOutput`.
    func write(_ summary: RunSummary, _ outcome: RunOutcome) throws {
        let model = try encodeSafetensors(
            outcome.model, specification: outcome.specification,
            metadata: ["format": "cordon", "digest": summary.model.digest, "federation": summary.ledger.origin])
        try write(Data(model), as: "model.safetensors")
        try write(try summary.json(), as: "summary.json")
        try write(Data(renderReport(summary).utf8), as: "report.html")
    }

    private func write(_ data: Data, as name: String) throws {
        do {
            try data.write(to: URL(fileURLWithPath: "\(path)/\(name)"), options: .atomic)
        } catch {
            throw SimulationError(
                .inputOutput,
                "\(path)/\(name): writing \(data.count) bytes failed (\(Self.cause(of: error))); free some space or "
                    + "give another --out")
        }
    }

    /// The system's own words where Foundation wraps them.
    private static func cause(of error: any Error) -> String {
        let outer = error as NSError
        let inner = outer.userInfo[NSUnderlyingErrorKey] as? NSError
        return (inner ?? outer).localizedDescription
    }
}
