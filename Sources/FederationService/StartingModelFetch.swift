package import Federation
import FederationSetup
package import Foundation
package import Ledger
package import Operations
import SQLiteStorage

/// Fetches the model that a federation with a predecessor starts from, for a hospital that was no member of that.
package struct StartingModelFetch: Sendable {
    private let agreement: Agreement
    private let blobs: BlobDirectory
    private let link: CoordinatorLink

    /// - Parameter directory: the hospital's; the chunks lie beside its state.
    package init(
        of agreement: Agreement, identity: Identity, directory: String, coordinator: (host: String, port: Int),
        settings: TransportSettings, log: OperationalLog, now: @escaping @Sendable () -> Date
    ) throws {
        self.agreement = agreement
        blobs = BlobDirectory(directory: NodeFiles(directory: directory).stateDirectory)
        link = try CoordinatorLink(
            host: coordinator.host, port: coordinator.port, agreement: agreement, identity: identity, blobs: blobs,
            settings: settings, log: log, now: now)
    }

    /// Tries until the model is here, or the task is cancelled.
    ///
    /// - Throws: `FederationError` when the chunks are not the model that the agreement names.
    package func run() async throws -> [Float] {
        let names = agreement.predecessor?.modelChunks ?? []
        let (arrivals, continuation) = AsyncStream.makeStream(of: [Digest].self)
        let link = link
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            var missing = Set(names)
            missing.subtract(link.fetch(names))
            // What else the coordinator says is not acknowledged, and comes again.
            group.addTask {
                try await link.run { event in
                    if case .fetched(let names) = event { continuation.yield(names) }
                }
            }
            var iterator = arrivals.makeAsyncIterator()
            while !missing.isEmpty {
                guard let arrived = await iterator.next() else { throw CancellationError() }
                missing.subtract(arrived)
            }
        }
        return try ModelChunks.model(of: names, expecting: agreement.initialModel, from: blobs)
    }
}
