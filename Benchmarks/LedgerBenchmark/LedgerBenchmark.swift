import Foundation
import Glibc
import Ledger
import SQLiteStorage

/// What a ledger costs: `make bench-ledger`. Prints one line of JSON a figure; sizes by ROUNDS, HOSPITALS, LEAVES.
@main
struct LedgerBenchmark {
    static func main() throws {
        let rounds = setting("ROUNDS", 1_000)
        let hospitals = setting("HOSPITALS", 20)
        try measureProofs(leaves: setting("LEAVES", 1_000_000))
        var consortium = try BenchmarkedConsortium(hospitals: hospitals, rounds: rounds)
        for _ in 0..<rounds { try consortium.writeRound() }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cordon-bench-\(getpid())").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try measureAppends(consortium.log.records, in: folder + "/groups")
        try measureVerification(consortium)
        try measureAudit(consortium, in: folder + "/ledger")
    }

    private static func setting(_ name: String, _ standard: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
    }

    private struct Line: Encodable {
        let figure: String
        let count: Int
        let wallSeconds: Double
        let processorSeconds: Double
        let perSecond: Double
    }

    /// Prints how long `count` of something took.
    private static func measure(_ figure: String, count: Int, _ body: () throws -> Void) throws {
        let (wall, processor) = (ContinuousClock.now, processorSeconds)
        try body()
        let seconds = (ContinuousClock.now - wall) / .seconds(1)
        let line = Line(
            figure: figure, count: count, wallSeconds: seconds, processorSeconds: processorSeconds - processor,
            perSecond: Double(count) / seconds)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        FileHandle.standardOutput.write(try encoder.encode(line) + Data([10]))
    }

    /// Of all threads of this process.
    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func measureProofs(leaves: Int) throws {
        var log = MerkleLog()
        try measure("leaves hashed into the tree", count: leaves) {
            for leaf in 0..<leaves { log.append([UInt8(leaf & 255), UInt8(leaf >> 8 & 255), UInt8(leaf >> 16)]) }
        }
        let count = 2_000
        try measure("roots and inclusion proofs made and verified at \(leaves) leaves", count: count) {
            for step in 0..<count {
                let index = step * 7_919 % leaves
                let leaf = [UInt8(index & 255), UInt8(index >> 8 & 255), UInt8(index >> 16)]
                let proof = try log.inclusionProof(of: index, size: leaves)
                let isIncluded = MerkleLog.isIncluded(
                    leafHash: MerkleLog.leafHash(leaf), index: index, size: leaves, proof: proof, root: log.root)
                guard isIncluded else { throw LedgerError(.invalidProof, "leaf \(index) is not in the tree") }
            }
        }
    }

    private static func measureAppends(_ records: [LedgerRecord], in folder: String) throws {
        let group = 64
        let store = try SQLiteLedgerStore(directory: folder)
        let some = records.prefix(64 * group)
        try measure("entries stored durably in groups of \(group)", count: some.count) {
            for first in stride(from: 0, to: some.count, by: group) {
                try store.append(some[first..<min(some.count, first + group)].map { ($0, $0.leafHash) })
            }
        }
    }

    private static func measureVerification(_ consortium: BenchmarkedConsortium) throws {
        let records = consortium.log.records
        try measure("entries decoded and hashed into the tree", count: records.count) {
            var merkle = MerkleLog()
            for record in records {
                _ = try record.entry()
                merkle.append(leafHash: record.leafHash)
            }
            guard merkle.root == consortium.log.merkle.root else { throw LedgerError(.invalidProof, "another root") }
        }
        try measure("entries replayed, every signature verified, one thread", count: records.count) {
            let log = try TransparencyLog.replay(records, checks: BenchmarkedConsortium.checks)
            guard log.contract.stateDigest == consortium.log.contract.stateDigest else {
                throw LedgerError(.divergence, "another state")
            }
        }
    }

    /// From the files on disk to the report, as `cordon ledger verify` does it, ciphertexts apart.
    private static func measureAudit(_ consortium: BenchmarkedConsortium, in folder: String) throws {
        let store = try SQLiteLedgerStore(directory: folder)
        try store.append(consortium.log.records.map { ($0, $0.leafHash) })
        try store.saveCheckpoint(note: consortium.log.checkpoint(signedBy: consortium.coordinator).encoded)
        let rounds = consortium.log.contract.publishedRounds.count
        try measure(
            "entries audited from disk: \(rounds) rounds of \(consortium.hospitals.count) hospitals",
            count: consortium.log.size
        ) {
            let report = try LedgerAudit.run(directory: folder) { _, _ in BenchmarkedConsortium.checks }
            guard report.holds, report.entryCount == consortium.log.size else {
                throw LedgerError(.divergence, "the audit found \(report.findings)")
            }
        }
    }
}
