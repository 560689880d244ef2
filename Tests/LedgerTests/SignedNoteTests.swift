import Ledger
import Testing

@Suite struct SignedNoteTests {
    /// The example of golang.org/x/mod/sumdb/note, the format's first implementation, by its key PeterNeumann.
    static let example = """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FF\
        YC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

        """
    static let exampleKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

    @Test func publishedExampleVerifies() throws {
        let note = try SignedNote(decoding: Self.example)
        let key = try VerifierKey(Self.exampleKey)
        #expect(note.isSigned(by: key))
        #expect(note.isSigned(byPublicKey: key.publicKey))
        #expect(key.text == Self.exampleKey)
        #expect(note.encoded == Self.example)
    }

    @Test func everyChangedByteOfTheExampleIsRefused() throws {
        let key = try VerifierKey(Self.exampleKey)
        let bytes = Array(Self.example.utf8)
        for place in bytes.indices {
            for mask: UInt8 in [1, 0x20, 0x80] {
                var changed = bytes
                changed[place] ^= mask
                let text = String(validating: changed, as: UTF8.self)
                let isAccepted = text.flatMap { try? SignedNote(decoding: $0) }?.isSigned(by: key) ?? false
                #expect(!isAccepted, "byte \(place)")
            }
        }
    }

    @Test func changedVerifierKeysAreRefused() {
        let bytes = Array(Self.exampleKey.utf8)
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 1
            let text = String(decoding: changed, as: UTF8.self)
            #expect(throws: LedgerError.self) { try VerifierKey(text) }
        }
    }

    @Test func checkpointsRoundTripAndBindTheirSigner() throws {
        let federation = try TestFederation()
        let note = try federation.log.checkpoint(signedBy: federation.coordinator)
        let decoded = try SignedNote(decoding: note.encoded)
        let read = try Checkpoint(verifying: decoded, byPublicKey: federation.coordinator.publicKey)
        #expect(read == federation.log.checkpoint)
        #expect(throws: LedgerError.self) {
            try Checkpoint(verifying: decoded, byPublicKey: federation.members[0].publicKey)
        }
        for text in ["", "a\n1\n", "a\n01\n\(String(note.text.split(separator: "\n")[2]))\n", "a\n-1\nAA==\n"] {
            #expect(throws: LedgerError.self) { try Checkpoint(text: text) }
        }
    }

    @Test func witnessesCosignTheirOwnHistoryOnly() throws {
        var federation = try TestFederation()
        var note = try federation.log.checkpoint(signedBy: federation.coordinator)
        let sequencer = try VerifierKey(
            name: "coordinator", algorithm: .ed25519, publicKey: federation.coordinator.publicKey)
        let witness = federation.members[2]
        let line = try federation.log.cosignature(
            of: note, sequencer: sequencer, by: witness, timeSeconds: 1_700_000_000)
        note.append(line)
        let key = try VerifierKey(name: witness.name, algorithm: .cosignature, publicKey: witness.publicKey)
        #expect(try SignedNote(decoding: note.encoded).cosignatureTime(by: key) == 1_700_000_000)
        try federation.advance(to: .commit)
        #expect(throws: LedgerError.self) {
            try federation.log.cosignature(of: note, sequencer: sequencer, by: witness, timeSeconds: 1)
        }
    }
}
