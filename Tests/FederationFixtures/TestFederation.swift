package import Federation
import HomomorphicEncryption
package import Ledger
import MultipartyEncryption
package import PoisoningDefence
import RingArithmetic
import SecureAggregation

/// A small federation with real parameters: the agreement, everybody's identities, the machines in their first state.
package struct TestFederation {
    package let agreement: Agreement
    package let coordinatorIdentity: Identity
    package let identities: [Identity]
    package let initialModel: [Float]
    package let publics: PublicDerivations

    package static let dimension = 1217
    package static let epoch: UInt64 = 1_800_000_000_000
    package static let deadlines = PhaseDeadlines(
        commitMilliseconds: 60_000, revealMilliseconds: 30_000, sketchMilliseconds: 20_000,
        verdictMilliseconds: 20_000, sumMilliseconds: 20_000, reportMilliseconds: 20_000, voteMilliseconds: 20_000)

    package init(
        members: Int = 5, rounds: UInt32 = 1, defence: DefencePolicy = .off, privacy: PrivacyTerms? = nil,
        pipeline: String = "test", probes: SuspicionProbes = SuspicionProbes([])
    ) throws {
        let coordinator = try Identity(seed: [UInt8](repeating: 200, count: 32), name: "coordinator")
        let identities = try (0..<members).map {
            try Identity(seed: [UInt8](repeating: UInt8($0 + 1), count: 32), name: "hospital-\($0)")
        }
        initialModel = [Float](repeating: 0.125, count: Self.dimension)
        let corruptible = Agreement.defaultCorruptible(members: members)
        agreement = try Agreement(
            name: "test", members: identities.map { Agreement.Member(name: $0.name, publicKey: $0.publicKey) },
            coordinatorKey: coordinator.publicKey,
            threshold: Agreement.defaultThreshold(members: members, corruptible: corruptible),
            corruptible: corruptible, rounds: rounds, pipeline: pipeline, initialModel: modelDigestOf(initialModel),
            encryption: try EncryptionParameters(
                set: .tiny, dimension: Self.dimension, members: members, patientLevelPrivacy: privacy != nil),
            clipNorm: 1, privacy: privacy, defence: defence, deadlines: Self.deadlines)
        coordinatorIdentity = coordinator
        self.identities = identities
        publics = try PublicDerivations(for: agreement, probes: probes)
    }

    package var federation: Digest { get throws { try agreement.federation } }

    package func hospital(_ member: Int) throws -> Hospital {
        try Hospital(
            agreement: agreement, member: member, identity: identities[member], initialModel: initialModel,
            recipientKeys: try (0..<Int(agreement.rounds)).map { index in
                var stream = KeyedStream(key: [5], label: "recipient key", indices: [UInt64(member), UInt64(index)])
                return try OneTimeRecipientKey(seed: stream.bytes(32))
            })
    }

    package func coordinator() throws -> Coordinator {
        try Coordinator(agreement: agreement, identity: coordinatorIdentity, initialModel: initialModel)
    }

    /// A message signed by whoever the test says.
    package func envelope(_ message: Message, from sender: Author) throws -> Envelope {
        let identity: Identity
        switch sender {
        case .coordinator: identity = coordinatorIdentity
        case .member(let index): identity = identities[index]
        }
        return try Envelope(message, from: sender, signedBy: identity, in: try federation)
    }

    package func verified(_ message: Message, from sender: Author) throws -> Verified<Message> {
        try Verified(verifying: try envelope(message, from: sender), under: agreement, in: try federation)
    }
}
