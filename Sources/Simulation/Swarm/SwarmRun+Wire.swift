import Federation
import Ledger

/// Messages and chunks on their way.
extension SwarmRun {
    /// What is tried again if it did not come.
    private static let stallMilliseconds: UInt64 = 2_000

    mutating func say(_ envelope: Envelope, as party: SwarmParty, to receiver: SwarmParty) {
        guard let message = message(in: envelope) else {
            violate("a message reads as it was written", "\(party) sent bytes that are no message")
            return
        }
        if isHonest(party) { observe(.said(party, envelope, message, disk(of: party))) }
        note("\(party) → \(receiver): \(message.summary)")
        var bytes = [envelope.bytes]
        if case .hospital(let member) = party, liars[member] != nil {
            bytes = liars[member]?.says(envelope, message) ?? []
        }
        if case .coordinator = party, scenario.coordinatorVice == .hidesAnswers, receiver == .hospital(0) {
            bytes = [hiding(envelope, message)]
        }
        if case .hospital(let member) = party {
            if bug == .opensTwice { openTwice(message, as: member) }
            if bug == .reusesNonce, isHonest(party) { reuseNonce(message, as: member) }
        }
        for bytes in bytes { post(bytes, from: party, to: receiver) }
    }

    /// A stranger on the wire tells a hospital, in the coordinator's name, to forget what it has not yet been answered.
    mutating func forge(for member: Int) {
        let forgotten = Message.acknowledged(known.keys.sorted().prefix(8).map { $0 })
        guard
            let envelope = try? Envelope(
                forgotten, from: .coordinator, signedBy: setting.stranger, in: setting.federation)
        else { return }
        post(envelope.bytes, from: .coordinator(branch: branchOf[member]), to: .hospital(member))
    }

    private mutating func post(_ bytes: [UInt8], from party: SwarmParty, to receiver: SwarmParty) {
        observe(.travelled(bytes))
        for delay in network.transmit(from: party, to: receiver, at: now) {
            queue.add(.delivery(bytes, from: party, to: receiver), at: now + delay)
        }
    }

    private mutating func message(in envelope: Envelope) -> Message? {
        if let message = known[envelope.digest] { return message }
        let message = try? Message(decoding: envelope.payload, parameters: setting.agreement.encryption)
        known[envelope.digest] = message
        return message
    }

    private func disk(of party: SwarmParty) -> SwarmDisk {
        switch party {
        case .coordinator(let branch): coordinators[branch].disk
        case .hospital(let member): hospitals[member].disk
        }
    }

    mutating func deliver(_ bytes: [UInt8], from sender: SwarmParty, to receiver: SwarmParty) throws {
        if case .hospital(let member) = receiver { liars[member]?.hear(bytes) }
        guard let envelope = try? Envelope(bytes: bytes),
            let message = verified(envelope, by: receiver)
        else { return }
        observe(.delivered(to: receiver, message))
        switch receiver {
        case .coordinator(let branch): try receive(.received(message), of: nil, branch: branch)
        case .hospital(let member): try receive(.received(message), of: nil, at: member)
        }
    }

    private func verified(_ envelope: Envelope, by receiver: SwarmParty) -> Verified<Message>? {
        if let message = try? Verified(verifying: envelope, under: setting.agreement, in: setting.federation) {
            return message
        }
        // Planted: whoever names the coordinator is believed to be it.
        guard bug == .dropsSignatureCheck, case .hospital = receiver, envelope.sender == .coordinator,
            let message = try? Message(decoding: envelope.payload, parameters: setting.agreement.encryption),
            let forged = try? Envelope(
                message, from: .coordinator, signedBy: setting.coordinator, in: setting.federation)
        else { return nil }
        return try? Verified(verifying: forged, under: setting.agreement, in: setting.federation)
    }

    // MARK: Chunks

    mutating func fetch(_ names: [Digest], by member: Int) {
        let party = SwarmParty.hospital(member)
        let order = bug == .dictionaryOrder ? names.shuffled() : names
        let epoch = hospitals[member].epoch
        for name in order { queue.add(.request(name, by: party, epoch: epoch, member: member), at: now) }
    }

    mutating func fetch(_ names: [Digest], of member: Int, branch: Int) {
        let party = SwarmParty.coordinator(branch: branch)
        for name in names {
            queue.add(.request(name, by: party, epoch: coordinators[branch].epoch, member: member), at: now)
        }
    }

    mutating func request(_ name: Digest, by party: SwarmParty, epoch: Int, member: Int) {
        let other: SwarmParty
        let isWanted: Bool
        switch party {
        case .hospital:
            other = .coordinator(branch: branchOf[member])
            isWanted =
                hospitals[member].epoch == epoch
                && hospitals[member].running?.machine.wanted.contains(name) == true
        case .coordinator(let branch):
            other = .hospital(member)
            isWanted =
                coordinators[branch].epoch == epoch
                && coordinators[branch].running?.machine.wanted[member]?.contains(name) == true
        }
        guard isWanted else { return }
        if let here = try? disk(of: party).chunk(name) {
            queue.add(.arrival(here, name, at: party, epoch: epoch, member: member), at: now)
            return
        }
        let asking = network.transmit(from: party, to: other, at: now).first
        if let asking, isUp(other), !(liars[member]?.vice == .withholdsChunks && other == .hospital(member)),
            let chunk = try? disk(of: other).chunk(name)
        {
            observe(.travelled(chunk))
            if let coming = network.transmit(from: other, to: party, at: now).first {
                queue.add(.arrival(chunk, name, at: party, epoch: epoch, member: member), at: now + asking + coming)
                return
            }
        }
        queue.add(.request(name, by: party, epoch: epoch, member: member), at: now + Self.stallMilliseconds)
    }

    mutating func arrive(_ chunk: [UInt8], _ name: Digest, at party: SwarmParty, epoch: Int, member: Int) throws {
        guard chunkDigest(chunk) == name else { return }
        note("\(party) has chunk \(name.hex.prefix(8))")
        fingerprint.add(name)
        switch party {
        case .hospital:
            guard hospitals[member].epoch == epoch, hospitals[member].running != nil else { return }
            hospitals[member].keep(chunk)
            try receive(.fetched([name]), of: nil, at: member)
        case .coordinator(let branch):
            guard coordinators[branch].epoch == epoch, coordinators[branch].running != nil else { return }
            coordinators[branch].keep(chunk)
            try receive(.fetched([name], from: member), of: nil, branch: branch)
        }
    }

    private func isUp(_ party: SwarmParty) -> Bool {
        switch party {
        case .coordinator(let branch): coordinators[branch].running != nil
        case .hospital(let member): hospitals[member].running != nil
        }
    }

    // MARK: Lies and planted faults

    private func hiding(_ envelope: Envelope, _ message: Message) -> [UInt8] {
        guard case .openings(let round, let parts, let malformed, let answers) = message else { return envelope.bytes }
        let lie = Message.openings(
            round: round, linearParts: parts, malformed: malformed, answers: Array(answers.dropLast()))
        let signed = try? Envelope(lie, from: .coordinator, signedBy: setting.coordinator, in: setting.federation)
        return (signed ?? envelope).bytes
    }

    private mutating func reuseNonce(_ message: Message, as member: Int) {
        guard case .submit(.commit(let commitment), _) = message else { return }
        guard let first = firstNonces[member] else {
            firstNonces[member] = commitment.nonceDigest
            return
        }
        let again = LedgerEntry.commit(
            Commitment(
                federation: commitment.federation, round: commitment.round, ciphertextRoot: commitment.ciphertextRoot,
                blockCount: commitment.blockCount, shareCommitments: commitment.shareCommitments, nonceDigest: first,
                spend: commitment.spend))
        let identity = setting.identities[member]
        guard let signature = try? again.signature(by: identity, federation: setting.federation) else { return }
        let other = Message.submit(entry: again, signature: signature)
        guard
            let envelope = try? Envelope(
                other, from: .member(member), signedBy: identity, in: setting.federation)
        else { return }
        observe(.said(.hospital(member), envelope, other, hospitals[member].disk))
    }

    private mutating func openTwice(_ message: Message, as member: Int) {
        guard case .keyShareSum(let round, let accepted, let bytes) = message, accepted.count > 1 else { return }
        let other = Message.keyShareSum(round: round, accepted: Array(accepted.dropLast()), bytes: bytes)
        guard
            let envelope = try? Envelope(
                other, from: .member(member), signedBy: setting.identities[member], in: setting.federation)
        else { return }
        observe(.said(.hospital(member), envelope, other, hospitals[member].disk))
        post(envelope.bytes, from: .hospital(member), to: .coordinator(branch: branchOf[member]))
    }
}
