/// What a witness keeps of a sequencer that signed two histories.
package struct ForkEvidence: Hashable, Sendable {
    /// The sequencer's checkpoint of the history that the witness executed.
    package let held: SignedNote
    /// The sequencer's checkpoint that is no part of that history.
    package let conflicting: SignedNote
    /// The root that the held history had at the conflicting checkpoint's size, with the proof that it continues it
    /// (RFC 9162, section 2.1.4.1); nil where the conflicting checkpoint is larger and its records never came.
    package let rootOfHeld: Digest?
    package let proof: [Digest]

    /// Whether the two notes convict the holder of `publicKey` by themselves, whoever shows them.
    package func convicts(_ publicKey: [UInt8]) -> Bool {
        guard let kept = try? Checkpoint(verifying: held, byPublicKey: publicKey),
            let other = try? Checkpoint(verifying: conflicting, byPublicKey: publicKey),
            kept.origin == other.origin, let rootOfHeld, rootOfHeld != other.root
        else { return false }
        return MerkleLog.isConsistent(
            oldSize: other.size, oldRoot: rootOfHeld, size: kept.size, root: kept.root, proof: proof)
    }
}
