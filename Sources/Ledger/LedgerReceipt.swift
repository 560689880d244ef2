import Foundation

/// One entry with the proof that it stands in a signed log, in one file (C2SP tlog-proof, version 1): whoever has it
/// needs neither the log nor anybody's word, only the keys that they trust.
package struct LedgerReceipt: Hashable, Sendable {
    package let record: LedgerRecord
    package let proof: [Digest]
    /// The signed checkpoint, with whatever cosignatures it bears.
    package let note: SignedNote

    private static let heading = "c2sp.org/tlog-proof@v1"

    /// - Throws: `LedgerError` `.invalidProof` when `tree` has no such leaf under the checkpoint.
    package init(of record: LedgerRecord, in tree: MerkleLog, under note: SignedNote) throws(LedgerError) {
        let checkpoint = try Checkpoint(text: note.text)
        self.record = record
        proof = try tree.inclusionProof(of: Int(record.index), size: checkpoint.size)
        self.note = note
        guard isIncluded(in: checkpoint) else {
            throw LedgerError(.invalidProof, "entry \(record.index) does not stand under this checkpoint")
        }
    }

    /// - Throws: `LedgerError` `.malformed` for anything but a receipt in its one form.
    package init(decoding text: String) throws(LedgerError) {
        guard let gap = text.range(of: "\n\n") else {
            throw LedgerError(.malformed, "a receipt needs an empty line before its checkpoint")
        }
        let lines = text[..<gap.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 3, lines[0] == Self.heading, lines[1].hasPrefix("extra "), lines[2].hasPrefix("index "),
            let leaf = decodeBase64(String(lines[1].dropFirst(6))), let index = UInt64(lines[2].dropFirst(6)),
            lines.count <= 3 + 64
        else { throw LedgerError(.malformed, "this text is no receipt: \(Self.heading), extra and index are expected") }
        record = try LedgerRecord(decoding: leaf)
        guard record.index == index else {
            throw LedgerError(.malformed, "the receipt's index is not that of the entry in it")
        }
        var hashes: [Digest] = []
        for line in lines.dropFirst(3) {
            guard let bytes = decodeBase64(String(line)) else {
                throw LedgerError(.malformed, "a hash of the receipt's proof is malformed")
            }
            hashes.append(try Digest(bytes: bytes))
        }
        proof = hashes
        note = try SignedNote(decoding: String(text[gap.upperBound...]))
        guard encoded == text else { throw LedgerError(.malformed, "the receipt is not in canonical form") }
    }

    package var encoded: String {
        let lines =
            [Self.heading, "extra \(encodeBase64(record.leafBytes))", "index \(record.index)"]
            + proof.map { encodeBase64($0.bytes) }
        return lines.joined(separator: "\n") + "\n\n" + note.encoded
    }

    private func isIncluded(in checkpoint: Checkpoint) -> Bool {
        MerkleLog.isIncluded(
            leafHash: record.leafHash, index: Int(clamping: record.index), size: checkpoint.size, proof: proof,
            root: checkpoint.root)
    }

    /// What the receipt shows under a policy.
    /// - Throws: `LedgerError` `.invalidProof` when the entry does not stand in the log, `.invalidSignature` when too
    ///   few of the policy's witnesses cosigned it.
    package func verify(under policy: WitnessPolicy) throws(LedgerError) -> Checkpoint {
        let checkpoint = try Checkpoint(text: note.text)
        guard isIncluded(in: checkpoint) else {
            throw LedgerError(.invalidProof, "the proof does not lead from entry \(record.index) to the signed root")
        }
        let cosigners = policy.cosigners(of: note)
        guard cosigners.count >= policy.quorum else {
            throw LedgerError(
                .invalidSignature,
                "\(cosigners.count) of the policy's \(policy.witnesses.count) witnesses cosigned the checkpoint, "
                    + "\(policy.quorum) are needed")
        }
        return checkpoint
    }
}
