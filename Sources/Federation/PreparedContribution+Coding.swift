package import Ledger
import MultipartyEncryption
import SecureAggregation

// The form in which a contribution is journalled, secrets included: it exists for the time of one round, sealed, and is
// what makes a crash after training harmless.
extension PreparedContribution {
    /// Everything of the contribution. Secret: seal it, and erase it with the round.
    package var secretBytes: [UInt8] {
        var writer = ByteWriter()
        writer.append(counted: LedgerEntry.commit(contribution.commitment).encoded)
        writer.append(list: contribution.chunks) { $0.append(counted: $1) }
        writer.append(list: contribution.sealedShares) {
            $0.append(UInt32($1.dealer))
            $0.append(UInt32($1.recipient))
            $0.append(counted: $1.bytes)
        }
        writer.append(counted: secrets.dealing.nonce)
        writer.append(list: contribution.commitment.shareCommitments.indices) {
            $0.append(counted: secrets.dealing.share(for: $1).bytes)
        }
        // Nearly always four bytes are enough.
        let isWide = secrets.values.contains { Int32(exactly: $0) == nil }
        writer.append(isWide)
        writer.append(list: secrets.values) { isWide ? $0.append($1) : $0.append(UInt32(truncatingIfNeeded: $1)) }
        writer.append(UInt32(account.roundsSpent))
        return writer.bytes
    }

    /// - Parameter seed: the round's, from the ledger.
    /// - Throws: `FederationError(.malformedMessage)` for bytes that are no contribution to this agreement.
    package init(secretBytes: [UInt8], by member: Int, seed: Digest, under agreement: Agreement) throws {
        var reader = ByteReader(secretBytes)
        let parameters = agreement.encryption
        guard case .commit(let commitment) = try LedgerEntry(decoding: reader.readCounted(limit: .max)) else {
            throw FederationError(.malformedMessage, "a journalled contribution holds no commitment")
        }
        let chunks = try reader.readList(limit: LedgerLimits.blocks) { (reader) throws(LedgerError) in
            try reader.readCounted(limit: .max)
        }
        let sealed = try reader.readList(limit: Limits.membersMax) { (reader) throws(LedgerError) in
            SealedShare(
                dealer: Int(try reader.readUInt32()), recipient: Int(try reader.readUInt32()),
                bytes: try reader.readCounted(limit: .max))
        }
        let nonce = try reader.readCounted(limit: .max)
        let shares = try reader.readList(limit: Limits.membersMax) { (reader) throws(LedgerError) in
            try reader.readCounted(limit: .max)
        }
        let isWide = try reader.readBool()
        let values = try reader.readList(limit: Limits.parametersMax) { (reader) throws(LedgerError) in
            isWide ? try reader.readInt64() : Int64(Int32(bitPattern: try reader.readUInt32()))
        }
        let roundsSpent = Int(try reader.readUInt32())
        try reader.finish()
        let dealing = Dealing(
            update: try EncryptedUpdate(blocks: chunks, parameters: parameters), nonce: nonce,
            shares: try shares.map { try DealtShare(bytes: $0, parameters: parameters) },
            context: dealingContext(federation: commitment.federation, seed: seed, dealer: member))
        self.init(
            contribution: Contribution(commitment: commitment, chunks: chunks, sealedShares: sealed),
            secrets: RoundSecrets(dealing: dealing, values: values),
            account: try PrivacyAccount(terms: agreement.privacy, roundsSpent: roundsSpent))
    }
}
