import HomomorphicEncryption
package import Ledger
import SecureAggregation

extension Coordinator {
    /// Takes in one verified message of a hospital.
    mutating func take(_ message: Verified<Message>, from member: Int, at now: Instant) -> [CoordinatorEffect] {
        switch message.value {
        case .acknowledged(let digests):
            for digest in digests { outboxes[member].acknowledge(digest) }
            return []
        case .have(let records):
            // A hospital's word for its own copy: a lie harms nobody but itself.
            known[member] = min(records, UInt64(log.size))
            ticksBehind[member] = 0
            return []
        case .cosigned(let size, let signature):
            takeCosignature(signature, ofSize: size, from: member)
            return []
        case .submit(let entry, let signature):
            return submit(entry, signature, from: member, at: now) + acknowledge(message.envelope, to: member)
        case .upload(let number, let names):
            return fetch(names, in: number, from: member) + acknowledge(message.envelope, to: member)
        case .sealedShare(let number, let share):
            guard number == round?.number, share.dealer == member,
                agreement.members.indices.contains(share.recipient)
            else { return acknowledge(message.envelope, to: member) }
            return speak(.relayed(message.envelope.bytes), to: share.recipient)
                + acknowledge(message.envelope, to: member)
        case .answers(let answers):
            if answers.round == round?.number, round?.answers[member] == nil {
                round?.answers[member] = (answers, message.envelope)
            }
        case .nonceShares(let number, let shares):
            if number == round?.number { round?.nonceShares[member] = shares }
        case .verdictSignature(let number, let signature):
            // An honest member signs at most once for each number of contests.
            let limit = (log.contract.round?.contests.count ?? 0) + 1
            if number == round?.number, round?.signatures[member]?.count ?? 0 < limit {
                round?.signatures[member, default: []].insert(signature)
            }
        case .keyShareSum(let number, let accepted, let bytes):
            if number == round?.number, round?.keyAnswers[member] == nil,
                let share = try? KeyShareSum(bytes: bytes, parameters: agreement.encryption)
            {
                let answer = KeyShareSumAnswer(accepted: accepted, share: share)
                round?.keyAnswers[member] = (answer, message.envelope)
            }
        case .modelRequest(let digest):
            guard digest == log.contract.lastPublishedModel, digest == model.digest else { return [] }
            return speak(.model(names: model.names), to: member)
                + acknowledge(message.envelope, to: member)
        case .records, .relayed, .openings, .openedSum, .chunks, .model:
            return []
        }
        return acknowledge(message.envelope, to: member)
    }

    /// Keeps a member's cosignature of the ledger as it is; of an earlier size it serves nobody any more.
    private mutating func takeCosignature(_ signature: [UInt8], ofSize size: UInt64, from member: Int) {
        guard size == UInt64(log.size) else { return }
        if cosignatures.size != size { cosignatures = (size, [:]) }
        cosignatures.byMember[member] = signature
    }

    /// The ledger's checkpoint, signed here and cosigned by every hospital that has executed all of it.
    /// - Throws: `LedgerError` before the foundation.
    package func cosignedCheckpoint() throws -> SignedNote {
        var note = try log.checkpoint(signedBy: identity)
        guard cosignatures.size == UInt64(log.size) else { return note }
        let policy = try WitnessPolicy(foundation: agreement.foundation)
        for member in cosignatures.byMember.keys.sorted() {
            guard let signature = cosignatures.byMember[member] else { continue }
            note.append(cosignature: signature, by: policy.witnesses[member])
        }
        return note
    }

    private mutating func acknowledge(_ envelope: Envelope, to member: Int) -> [CoordinatorEffect] {
        outboxes[member].noteReceived(envelope.digest)
        return []
    }

    /// A commitment waits for its chunks; every other entry goes to the contract at once, which may refuse it.
    private mutating func submit(_ entry: LedgerEntry, _ signature: [UInt8], from member: Int, at now: Instant)
        -> [CoordinatorEffect]
    {
        if case .commit(let commitment) = entry, commitment.round == round?.number {
            guard let upload = round?.uploads[member], upload.requests.isComplete else {
                round?.waitingCommits[member] = (entry, signature)
                return []
            }
            guard upload.names.root == commitment.ciphertextRoot else { return [] }
        }
        do {
            return try append(entry, by: .member(member), signature: signature, at: now)
        } catch {
            // A refused entry is its author's problem; a duplicate from the network is everyday.
            return []
        }
    }

    /// Asks for the chunks of a ciphertext; a second list of the same member and round is not looked at.
    private mutating func fetch(_ names: [Digest], in number: UInt32, from member: Int) -> [CoordinatorEffect] {
        guard number == round?.number, log.contract.round?.phase == .commit, round?.uploads[member] == nil,
            names.count == agreement.encryption.blocks
        else { return [] }
        var upload = CoordinatorRound.Upload(names: ChunkNames(names))
        let fresh = upload.requests.ask(names)
        round?.uploads[member] = upload
        return [.fetch(names: fresh, from: member)]
    }

    /// Takes in chunks that have come; a commitment that waited for the last of them goes on to the contract.
    mutating func take(_ names: [Digest], from member: Int, at now: Instant) -> [CoordinatorEffect] {
        guard let before = round?.uploads[member], !before.requests.isComplete else { return [] }
        round?.uploads[member]?.requests.take(names)
        guard round?.uploads[member]?.requests.isComplete == true else { return [] }
        var effects: [CoordinatorEffect] = [.list(before.names)]
        if let waiting = round?.waitingCommits.removeValue(forKey: member) {
            effects += submit(waiting.entry, waiting.signature, from: member, at: now)
        }
        return effects
    }
}
