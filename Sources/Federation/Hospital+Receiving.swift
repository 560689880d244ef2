import HomomorphicEncryption
import Ledger
import MultipartyEncryption
import SecureAggregation

extension Hospital {
    /// Takes in one verified message of the coordinator. What does not fit the ledger is dropped, never trusted.
    mutating func take(_ message: Verified<Message>, at now: Instant) -> [HospitalEffect] {
        // What overtook the ledger's records is not acknowledged, and so comes again.
        guard !isEarly(message.value) else { return [] }
        switch message.value {
        case .acknowledged(let digests):
            for digest in digests { outbox.acknowledge(digest) }
            return []
        case .records(let records):
            return adopt(records, at: now)
        case .relayed(let bytes):
            takeRelayed(bytes)
        case .openings(let round, let linearParts, let malformed, let answers):
            takeOpenings(round, linearParts, malformed, answers)
        case .openedSum(let round, let blocks, let answers):
            takeOpenedSum(round, blocks, answers)
        case .chunks(let round, let ciphertexts):
            takeCiphertexts(round, ciphertexts)
        case .model(let names):
            outbox.noteReceived(message.envelope.digest)
            return fetchModel(names)
        case .have, .submit, .upload, .sealedShare, .answers, .nonceShares, .verdictSignature, .keyShareSum,
            .modelRequest, .cosigned:
            return []
        }
        outbox.noteReceived(message.envelope.digest)
        return []
    }

    /// Whether the message speaks of what this hospital's copy of the ledger has not reached yet.
    private func isEarly(_ message: Message) -> Bool {
        let state = log.contract.round
        let known = state?.number ?? 0
        switch message {
        case .relayed(let bytes): return (sealedShare(in: bytes)?.round ?? 0) > known
        case .openings(let round, _, _, _): return round > known || round == known && state?.beacon == nil
        case .openedSum(let round, _, _): return round > known
        // Only a list whose root was committed counts, and the verdict stands after all commitments.
        case .chunks(let round, _): return round > known || round == known && state?.verdict == nil
        case .acknowledged, .have, .submit, .upload, .sealedShare, .answers, .nonceShares, .verdictSignature,
            .keyShareSum, .modelRequest, .cosigned, .records, .model:
            return false
        }
    }

    /// Appends records to the replica, re-executing the contract. A refused record is never skipped over.
    ///
    /// One that is dated ahead of this hospital's clock waits for its time: a coordinator that dates entries ahead
    /// cannot end a phase before hospitals had their share of it.
    mutating func adopt(_ records: [LedgerRecord], at now: Instant) -> [HospitalEffect] {
        for record in records where record.index >= UInt64(log.size) { early[record.index] = record }
        let isNews = !records.isEmpty || ledgerRefusal == nil
        let latest = now.milliseconds + Witness.clockToleranceMilliseconds
        while ledgerRefusal == nil, let next = early[UInt64(log.size)] {
            guard next.timestampMilliseconds <= latest else {
                guard !records.isEmpty else { return [] }
                let seconds = (next.timestampMilliseconds - now.milliseconds) / 1_000
                return [
                    .report(
                        FederationError(
                            .ledger,
                            "ledger entry \(next.index) is dated \(seconds) s ahead of this hospital's clock and waits "
                                + "until then; compare both clocks"))
                ]
            }
            early[next.index] = nil
            do {
                _ = try log.adopt(next)
            } catch {
                ledgerRefusal = "ledger entry \(next.index) from the coordinator is refused: \(error)"
            }
        }
        if let ledgerRefusal, isNews {
            return [.report(FederationError(.ledger, ledgerRefusal))]
        }
        return []
    }

    private mutating func takeRelayed(_ bytes: [UInt8]) {
        guard let (round, share) = sealedShare(in: bytes), round == own?.number else { return }
        if own?.sealed[share.dealer] == nil { own?.sealed[share.dealer] = share }
    }

    /// The share in a relayed envelope, if its dealer signed it and it is for this hospital.
    private func sealedShare(in bytes: [UInt8]) -> (round: UInt32, share: SealedShare)? {
        guard let envelope = try? Envelope(bytes: bytes),
            let relayed = try? Verified(verifying: envelope, under: agreement, in: federation),
            case .member(let dealer) = relayed.sender, case .sealedShare(let round, let share) = relayed.value,
            share.dealer == dealer, share.recipient == member
        else { return nil }
        return (round, share)
    }

    private mutating func takeOpenings(
        _ round: UInt32, _ linearParts: [Int: [UInt8]], _ malformed: [ChunkEvidence], _ answers: [[UInt8]]
    ) {
        guard round == own?.number, own?.gathered == nil, let state = log.contract.round, let closed = closedRound
        else { return }
        let parameters = agreement.encryption
        var parts: [Int: SketchLinearPart] = [:]
        for (dealer, bytes) in linearParts {
            parts[dealer] = try? SketchLinearPart(bytes: bytes, parameters: parameters)
        }
        // A claim of a malformed ciphertext counts only with the committed chunk that shows it.
        let bad = malformed.filter { evidence in
            guard let commitment = state.commitments[evidence.member] else { return false }
            return evidence.belongs(to: commitment) && isMalformed(evidence, commitment)
        }
        let shortCounted = closed.members.filter {
            (state.commitments[$0]?.blockCount).map { Int($0) != parameters.blocks } ?? false
        }
        var theirs: [Int: OpeningAnswers] = [:]
        for bytes in answers {
            guard let envelope = try? Envelope(bytes: bytes),
                let verified = try? Verified(verifying: envelope, under: agreement, in: federation),
                case .member(let helper) = verified.sender, case .answers(let answer) = verified.value,
                answer.round == round
            else { continue }
            theirs[helper] = answer
        }
        let gathered = GatheredAnswers(
            answers: theirs, linearParts: parts, malformed: Set(bad.map(\.member) + shortCounted).sorted())
        own?.gathered = gathered
        own?.gatheredDigest = gathered.digest
    }

    private func isMalformed(_ evidence: ChunkEvidence, _ commitment: Commitment) -> Bool {
        !EncryptedUpdate.isWellFormed(block: evidence.chunk, parameters: agreement.encryption)
    }

    private mutating func takeOpenedSum(_ round: UInt32, _ blocks: [Digest], _ answers: [[UInt8]]) {
        guard round == own?.number, own?.sumMaterial == nil, blocks.count == agreement.encryption.blocks else { return }
        let shares = keyShareSums(in: answers, round: round, under: agreement, federation: federation)
        own?.sumMaterial = (ChunkNames(blocks), shares)
    }

    /// Names count only in a list that has the committed root.
    private mutating func takeCiphertexts(_ round: UInt32, _ ciphertexts: [Int: [Digest]]) {
        guard round == own?.number, let state = log.contract.round else { return }
        for (member, digests) in ciphertexts where own?.ciphertexts[member] == nil {
            guard let commitment = state.commitments[member], digests.count == Int(commitment.blockCount)
            else { continue }
            let names = ChunkNames(digests)
            if names.root == commitment.ciphertextRoot { own?.ciphertexts[member] = names }
        }
    }
}

/// Helpers' signed answers to opening 3, by helper, with the set each names.
func keyShareSums(in answers: [[UInt8]], round: UInt32, under agreement: Agreement, federation: Digest)
    -> [Int: KeyShareSumAnswer]
{
    var shares: [Int: KeyShareSumAnswer] = [:]
    for bytes in answers {
        guard let envelope = try? Envelope(bytes: bytes),
            let verified = try? Verified(verifying: envelope, under: agreement, in: federation),
            case .member(let helper) = verified.sender,
            case .keyShareSum(let theirs, let accepted, let share) = verified.value, theirs == round,
            let sum = try? KeyShareSum(bytes: share, parameters: agreement.encryption)
        else { continue }
        shares[helper] = KeyShareSumAnswer(accepted: accepted, share: sum)
    }
    return shares
}
