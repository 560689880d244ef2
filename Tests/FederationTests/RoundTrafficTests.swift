import FederationFixtures
import HomomorphicEncryption
import Ledger
import MultipartyEncryption
import RingArithmetic
import SecureAggregation
import Testing

@testable import Federation

/// The counted bytes are those of the messages that a round encodes.
@Suite struct RoundTrafficTests {
    /// One round's real material among five hospitals, two blocks each.
    private struct Material {
        let given: TestFederation
        let parameters: EncryptionParameters
        let dealing: Dealing
        let families: SketchFamilies
        let consistency: ConsistencyChallenge

        init() throws {
            given = try TestFederation()
            parameters = given.agreement.encryption
            let polynomials = PublicPolynomials(parameters: parameters, federation: [1], seed: [2])
            var generator = KeyedStream(key: [3], label: "dealing")
            dealing = try Dealing(
                update: [Int64](repeating: 1, count: parameters.dimension), parameters: parameters,
                sharing: try given.agreement.sharing, polynomials: polynomials,
                context: DealingContext(federation: [1], seed: [2], member: 0), using: &generator)
            families = SketchFamilies(parameters: parameters, polynomials: polynomials, beacon: [4])
            consistency = ConsistencyChallenge(parameters: parameters, beacon: [4])
        }
    }

    @Test func bytesAreThoseOfRealMessages() throws {
        let material = try Material()
        let parameters = material.parameters
        let agreement = material.given.agreement
        let traffic = RoundTraffic(
            parameters: parameters, threshold: agreement.threshold, corruptible: agreement.corruptible)
        let everyone = Array(0..<parameters.members)
        let tree = ChunkTree(material.dealing.update.blocks)
        #expect(traffic.ciphertext == material.dealing.update.blocks.reduce(0) { $0 + $1.count })
        let names = tree.names.digests
        #expect(traffic.upload == traffic.ciphertext + Message.upload(round: 1, names: names).encoded.count)

        let sealed = try everyone.map { recipient in
            let key = try OneTimeRecipientKey(seed: [UInt8](repeating: 7, count: 32))
            let bytes = try seal(material.dealing.share(for: recipient).bytes, to: key.publicKey, info: [1])
            return Message.sealedShare(round: 1, SealedShare(dealer: 0, recipient: recipient, bytes: bytes))
        }
        #expect(traffic.sealedShares == sealed.reduce(0) { $0 + $1.encoded.count })
        let relayed = try sealed.map {
            Message.relayed(try material.given.envelope($0, from: .member(0)).bytes).encoded.count
        }
        #expect(traffic.sharesFetched == relayed.reduce(0, +))

        let share = material.dealing.share(for: 1)
        let answers = Message.answers(
            OpeningAnswers(
                round: 1,
                consistency: Dictionary(
                    uniqueKeysWithValues: everyone.map { ($0, material.consistency.answer(share)) }),
                sketches: Dictionary(uniqueKeysWithValues: everyone.map { ($0, material.families.answer(share)) })))
        #expect(traffic.sketchOpening == answers.encoded.count)
        let envelope = try material.given.envelope(answers, from: .member(1)).bytes
        let linear = material.families.linearPart(of: material.dealing.update).bytes
        let openings = Message.openings(
            round: 1, linearParts: Dictionary(uniqueKeysWithValues: everyone.map { ($0, linear) }), malformed: [],
            answers: everyone.map { _ in envelope })
        #expect(traffic.openingsFetched == openings.encoded.count)

        let sum = Message.keyShareSum(
            round: 1, accepted: everyone, bytes: KeyShareSum(summing: [share], parameters: parameters).bytes)
        #expect(traffic.sumOpening == sum.encoded.count)
        let sumAnswer = try material.given.envelope(sum, from: .member(1)).bytes
        let opened = Message.openedSum(
            round: 1, blocks: names,
            answers: Array(repeating: sumAnswer, count: agreement.threshold))
        #expect(traffic.sumFetched == traffic.ciphertext + opened.encoded.count)

        // Two blocks with two checkers each among five: one block for the busiest.
        let chunks = Message.chunks(
            round: 1, ciphertexts: Dictionary(uniqueKeysWithValues: everyone.map { ($0, names) }))
        #expect(traffic.blockCheckFetched == chunks.encoded.count + everyone.count * tree.chunks[0].count)
        let report = LedgerEntry.report(round: 1, blocks: [0], agrees: true, observed: [names[0]])
        #expect(traffic.blockReport == report.encoded.count)
    }
}
