import Testing

@testable import Ledger

@Suite struct WitnessTests {
    /// The sequencer's checkpoint of a log, and its records.
    private func claim(_ federation: TestFederation) throws -> (note: SignedNote, records: [LedgerRecord]) {
        (try federation.log.checkpoint(signedBy: federation.coordinator), federation.log.records)
    }

    private func witness(_ federation: TestFederation, _ member: Int, knowing size: Int = 0) throws -> Witness {
        let known = Array(federation.log.records.prefix(size))
        return Witness(
            identity: federation.members[member], sequencerKey: federation.coordinator.publicKey,
            log: try .replay(known, checks: TestFederation.checks(threshold: federation.t)))
    }

    private func refusal(_ body: () throws -> Void) -> WitnessRefusal? {
        do {
            try body()
            return nil
        } catch {
            return error as? WitnessRefusal
        }
    }

    @Test func quorumOfWitnessesSatisfiesThePolicyAndFewerDoNot() throws {
        let federation = try TestFederation()
        let policy = try WitnessPolicy(foundation: federation.foundation)
        var (note, records) = try claim(federation)
        for member in 0..<federation.t {
            #expect(!policy.isSatisfied(by: note))
            var witness = try witness(federation, member)
            note.append(try witness.cosign(note, records: records, at: federation.now))
            // The same line twice counts once.
            if let line = note.lines.last { note.append(line) }
        }
        #expect(policy.isSatisfied(by: note))
        #expect(policy.cosigners(of: note) == (0..<federation.t).map { "hospital-\($0)" })
        #expect(policy.isSatisfied(by: try SignedNote(decoding: note.encoded)))
    }

    @Test func quorumsThatAllowAForkAreNoPolicy() throws {
        for n in 3...20 {
            let keys = try (0..<n).map {
                try VerifierKey(
                    name: "w\($0)", algorithm: .cosignature, publicKey: Digest.sha256([UInt8($0)]).bytes)
            }
            for c in 0..<n {
                for quorum in 0...n + 1 {
                    // Two sets of `quorum` overlap in at least 2·quorum − n witnesses.
                    let isSound = 2 * quorum - n > c && quorum <= n
                    let policy = try? WitnessPolicy(witnesses: keys, quorum: quorum, corruptible: c)
                    #expect((policy != nil) == isSound, "\(quorum) of \(n), \(c) lying")
                }
            }
            #expect(throws: LedgerError.self) {
                try WitnessPolicy(witnesses: keys + keys.prefix(1), quorum: n, corruptible: 0)
            }
        }
    }

    @Test func whatIsNotTheSequencersOrNotWholeIsRefused() throws {
        var federation = try TestFederation()
        let other = try TestFederation(edit: { $0.with(name: "another") })
        let (note, records) = try claim(federation)
        var witness = try witness(federation, 0)
        let forged = try federation.log.checkpoint(signedBy: federation.members[1])
        #expect(refusal { _ = try witness.cosign(forged, records: records, at: federation.now) } == .notSequenced)
        #expect(
            refusal { _ = try witness.cosign(note, records: records.dropLast(), at: federation.now) }
                == .recordsMissing)
        #expect(refusal { _ = try witness.cosign(note, records: records, at: federation.now) } == nil)
        let foreign = try claim(other)
        #expect(
            refusal { _ = try witness.cosign(foreign.note, records: foreign.records, at: federation.now) }
                == .anotherLedger)
        try federation.advance(to: .reveal)
        let later = try claim(federation)
        #expect(refusal { _ = try witness.cosign(later.note, records: later.records, at: federation.now) } == nil)
        #expect(refusal { _ = try witness.cosign(note, records: [], at: federation.now) } == .stale)
        #expect(witness.evidence == nil, "an old checkpoint of the same history is no fork")
        // A lost answer is given again.
        #expect(refusal { _ = try witness.cosign(later.note, records: [], at: federation.now) } == nil)
    }

    /// A record that the contract refuses is not cosigned, whatever the sequencer signed over it.
    @Test func brokenRulesAreNotCosigned() throws {
        let federation = try TestFederation()
        let open = federation.openEntry()
        let entry = LedgerEntry.open(OpenRound(round: 9, parentModel: open.parentModel, deadlines: open.deadlines))
        let record = LedgerRecord(
            index: UInt64(federation.log.size), timestampMilliseconds: federation.now + 1, author: .coordinator,
            payload: entry.encoded,
            signature: try entry.signature(by: federation.coordinator, federation: federation.federation))
        let records = federation.log.records + [record]
        let tree = MerkleLog(leafHashes: records.map(\.leafHash))
        let origin = try #require(federation.log.origin)
        let note = try Checkpoint(origin: origin, size: tree.size, root: tree.root).signed(by: federation.coordinator)
        var witness = try witness(federation, 0)
        #expect(refusal { _ = try witness.cosign(note, records: records, at: federation.now) } == .recordRefused)
        #expect(witness.cosignedSize == 0)
    }

    /// A sequencer that dates entries ahead, to end a phase before hospitals had their time, gets no cosignature.
    @Test func entriesDatedAheadAreNotCosigned() throws {
        var federation = try TestFederation()
        try federation.advance(to: .commit)
        let honest = federation.now
        for member in 0..<4 { try federation.post(.member(member), .commit(federation.commitment(member))) }
        try federation.post(.coordinator, .close(round: 1), at: federation.deadlines.commit)
        let tolerance = Witness.clockToleranceMilliseconds
        var ahead = federation
        try ahead.post(
            .coordinator, .abandon(round: 1, phase: .reveal, reason: .deadline), at: honest + tolerance + 100_000)
        let (note, records) = try claim(ahead)
        var witness = try witness(federation, 4)
        #expect(refusal { _ = try witness.cosign(note, records: records, at: honest) } == .aheadOfClock)
        #expect(refusal { _ = try witness.cosign(note, records: records, at: honest + 100_000) } == nil)
    }

    /// Forks of the same size, rollbacks and forks further on are refused, and the first two convict by themselves.
    @Test(arguments: [0, 2, -2])
    func forksAreRefusedAndKeptAsEvidence(sizeDifference: Int) throws {
        let base = try TestFederation()
        var (first, second) = (base, base)
        second.now += 7
        try first.advance(to: .verdict)
        try second.advance(to: .verdict)
        while second.log.size > first.log.size + sizeDifference {
            // A shorter fork: the same one, cut.
            second.log = try .replay(
                Array(second.log.records.dropLast()), checks: TestFederation.checks(threshold: base.t))
        }
        while second.log.size < first.log.size + sizeDifference {
            try second.contest(second.log.size % 2, 2 + second.log.size % 3)
        }
        var witness = try witness(base, 0)
        let held = try claim(first)
        _ = try witness.cosign(held.note, records: held.records, at: first.now)
        let fork = try claim(second)
        #expect(refusal { _ = try witness.cosign(fork.note, records: fork.records, at: second.now) } == .fork)
        let evidence = try #require(witness.evidence)
        #expect(evidence.convicts(base.coordinator.publicKey) == (sizeDifference <= 0))
        #expect(!evidence.convicts(base.members[0].publicKey))
        // From then on it cosigns nothing of this sequencer.
        #expect(refusal { _ = try witness.cosign(held.note, records: [], at: first.now) } == .fork)
        // Two checkpoints of one history convict nobody.
        let honest = ForkEvidence(
            held: held.note, conflicting: try base.log.checkpoint(signedBy: base.coordinator),
            rootOfHeld: try first.log.merkle.root(size: base.log.size),
            proof: try first.log.merkle.consistencyProof(from: base.log.size, to: first.log.size))
        #expect(!honest.convicts(base.coordinator.publicKey))
    }
}
