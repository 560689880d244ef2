import Foundation
package import MedicalImaging

/// What a worker is told first: how to de-identify, and what it may take.
package struct WorkerSetup: Codable, Sendable {
    package struct Deidentification: Codable, Sendable {
        let keyPath: String
        let policy: DeidentificationPolicy

        package init(keyPath: String, policy: DeidentificationPolicy) {
            self.keyPath = keyPath
            self.policy = policy
        }
    }

    let deidentification: Deidentification?
    /// Memory beyond what the program itself has mapped.
    let memoryMebibytes: Int

    package init(deidentification: Deidentification? = nil, memoryMebibytes: Int = 4096) {
        self.deidentification = deidentification
        self.memoryMebibytes = memoryMebibytes
    }

    /// Limits on this process: memory, no file written (a crash would leave images behind in a core dump).
    func limitThisProcess() throws {
        let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ").first
        let mapped = (pages.flatMap { UInt($0) } ?? 0) * UInt(getpagesize())
        Self.limit(RLIMIT_AS, to: mapped + UInt(memoryMebibytes) << 20)
        Self.limit(RLIMIT_CORE, to: 0)
        Self.limit(RLIMIT_FSIZE, to: 0)
    }

    private static func limit(_ resource: __rlimit_resource, to value: UInt) {
        var limit = rlimit(rlim_cur: value, rlim_max: value)
        setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
    }
}
