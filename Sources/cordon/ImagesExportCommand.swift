import ArgumentParser
import MedicalImaging
import Simulation

/// `cordon images export`: samples in the clear, for whoever has the key.
struct ImagesExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the samples of a sealed store as PNG files in the clear; needs the key.",
        discussion: """
            The files and manifest.csv, with pseudonyms, are readable by their owner only. Training needs no export: \
            cordon simulate --data STORE --data-key FILE decrypts in memory.
            """)

    @Option(help: ArgumentHelp("Directory of the store.", valueName: "directory"))
    var store: String

    @Option(help: ArgumentHelp("File that opens the store: key or passphrase.", valueName: "file"))
    var key: String

    @Option(help: ArgumentHelp("New or empty directory.", valueName: "directory"))
    var to: String

    func run() throws {
        let progress = TerminalProgress(isQuiet: false)
        let count = try SealedStore(opening: store, with: StoreKeyFile(key)).export(to: to) {
            progress.report(.loading(done: $0, total: $1))
        }
        progress.report(.note("\(count) images in the clear in \(to), and manifest.csv"))
    }
}
