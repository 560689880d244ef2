/// A hospital as a validating witness (C2SP tlog-witness, and more): it executes every record itself before it cosigns
/// the checkpoint over them, so that a checkpoint with a quorum is not only unforked but obeys the contract.
///
/// A value without I/O: whoever drives it stores the state it had after an answer before the answer leaves the house.
package struct Witness: Sendable {
    package let identity: Identity
    /// The sequencer's note key. Its hand-over is a new federation (`Decisions/0018`).
    private let sequencer: [UInt8]
    /// This witness's own copy, executed record by record.
    package private(set) var log: TransparencyLog
    /// The largest checkpoint that was cosigned.
    package private(set) var cosigned: SignedNote?
    package private(set) var cosignedSize = 0
    /// The first fork that this witness was shown. After it, it cosigns nothing: the sequencer has lied.
    package private(set) var evidence: ForkEvidence?

    /// How far ahead of this witness's clock a record may be dated. A sequencer that dates entries ahead would end
    /// phases before hospitals had their time.
    package static let clockToleranceMilliseconds: UInt64 = 30_000

    /// - Parameter log: what the witness has executed so far.
    package init(identity: Identity, sequencerKey: [UInt8], log: TransparencyLog) {
        self.identity = identity
        self.sequencer = sequencerKey
        self.log = log
    }

    /// Executes `records`, and cosigns `note` if it is the sequencer's checkpoint over just what was executed.
    ///
    /// - Parameters:
    ///   - records: from the end of this witness's copy to the checkpoint; earlier ones are passed over.
    ///   - now: this witness's clock, in milliseconds since 1970.
    /// - Returns: the cosignature line. An answer that was lost is given again, the time in it apart.
    /// - Throws: `WitnessRefusal`; what was executed stays.
    package mutating func cosign(
        _ note: SignedNote, records: [LedgerRecord], at now: UInt64
    ) throws -> SignedNote.Line {
        guard evidence == nil else { throw WitnessRefusal.fork }
        guard let claimed = try? Checkpoint(verifying: note, byPublicKey: sequencer) else {
            throw WitnessRefusal.notSequenced
        }
        if let origin = log.origin, claimed.origin != origin { throw WitnessRefusal.anotherLedger }
        try refuseFork(claimed, note)
        guard claimed.size >= cosignedSize else { throw WitnessRefusal.stale }
        var next = log
        for record in records where record.index == UInt64(next.size) && next.size < claimed.size {
            guard record.timestampMilliseconds <= now + Self.clockToleranceMilliseconds else {
                throw WitnessRefusal.aheadOfClock
            }
            do {
                _ = try next.adopt(record)
            } catch {
                throw WitnessRefusal.recordRefused
            }
        }
        guard next.size >= claimed.size else { throw WitnessRefusal.recordsMissing }
        guard try next.merkle.root(size: claimed.size) == claimed.root else {
            // The records are not those of the signed root. Own history stays as it was.
            if let cosigned {
                evidence = ForkEvidence(held: cosigned, conflicting: note, rootOfHeld: nil, proof: [])
            }
            throw WitnessRefusal.fork
        }
        guard next.origin == claimed.origin else { throw WitnessRefusal.anotherLedger }
        let line = try note.cosignature(by: identity, timeSeconds: now / 1_000)
        log = next
        cosigned = note
        cosignedSize = claimed.size
        return line
    }

    /// Compares a checkpoint within what was executed with what the log was then.
    private mutating func refuseFork(_ claimed: Checkpoint, _ note: SignedNote) throws {
        guard claimed.size <= log.size else { return }
        let root = try log.merkle.root(size: claimed.size)
        guard root != claimed.root else { return }
        if let cosigned, claimed.size <= cosignedSize {
            let proof = try log.merkle.consistencyProof(from: claimed.size, to: cosignedSize)
            evidence = ForkEvidence(held: cosigned, conflicting: note, rootOfHeld: root, proof: proof)
        } else if let cosigned {
            evidence = ForkEvidence(held: cosigned, conflicting: note, rootOfHeld: nil, proof: [])
        }
        throw WitnessRefusal.fork
    }
}
