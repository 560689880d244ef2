import MultipartyEncryption
import Testing

@Suite struct SealingTests {
    private let plaintext = Array("a share".utf8)
    private let info = Array("federation, round, dealer, recipient, root".utf8)

    private func key(_ byte: UInt8) throws -> OneTimeRecipientKey {
        try OneTimeRecipientKey(seed: [UInt8](repeating: byte, count: 32))
    }

    @Test func onlyTheRecipientOpensForTheSamePurpose() throws {
        var recipient = try key(1)
        let sealed = try seal(plaintext, to: recipient.publicKey, info: info)
        #expect(try recipient.open(sealed, info: info) == plaintext)
        let other = try key(2)
        #expect(throws: SharingError.self) { try other.open(sealed, info: info) }
        #expect(throws: SharingError.self) { try recipient.open(sealed, info: info + [0]) }
        for position in [0, 1119, 1120, sealed.count - 1] {
            var altered = sealed
            altered[position] ^= 1
            #expect(throws: SharingError.self) { try recipient.open(altered, info: info) }
        }
        #expect(throws: SharingError.self) { try recipient.open(Array(sealed.prefix(1100)), info: info) }
        recipient.erase()
        let error = #expect(throws: SharingError.self) { try recipient.open(sealed, info: info) }
        #expect(error?.code == .unusableKey)
    }

    @Test func keysGrowFromTheirSeed() throws {
        #expect(try key(1).publicKey == key(1).publicKey)
        #expect(try key(1).publicKey != key(2).publicKey)
        #expect(throws: SharingError.self) { try OneTimeRecipientKey(seed: [1, 2, 3]) }
    }

    @Test func malformedRecipientKeysAreRefused() throws {
        let publicKey = try key(1).publicKey
        #expect(isWellFormedRecipientKey(publicKey))
        #expect(!isWellFormedRecipientKey(Array(publicKey.dropLast())))
        #expect(!isWellFormedRecipientKey([]))
        // Coefficients of the ML-KEM half above its modulus.
        let large = [UInt8](repeating: 255, count: publicKey.count)
        #expect(!isWellFormedRecipientKey(large))
        #expect(throws: SharingError.self) { try seal(plaintext, to: large, info: info) }
    }

    @Test(arguments: [(3, 1), (4, 2), (3, 4), (1, 1)])
    func unsafeThresholdsAreRefused(members: Int, threshold: Int) {
        #expect(throws: SharingError.self) { try SharingPolicy(members: members, threshold: threshold) }
    }
}
