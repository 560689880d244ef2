import DifferentialPrivacy
import Foundation
package import HomomorphicEncryption
package import Ledger
package import MultipartyEncryption
package import PoisoningDefence

/// Everything that must be equal at every hospital. Its digest is the federation's identity: seeds, signatures and the
/// ledger are bound to it, so two agreements can never share a round.
package struct Agreement: Sendable, Hashable, Codable {
    /// A hospital, in the order that fixes its index, and so its evaluation point, for ever.
    package typealias Member = FederationFoundation.Member

    package let name: String
    package let members: [Member]
    package let coordinatorKey: [UInt8]
    /// `t`: how many hospitals it takes to open anything.
    package let threshold: Int
    /// `c`: how many hospitals may be malicious and collude with the coordinator.
    package let corruptible: Int
    package let rounds: UInt32
    /// Canonical description of model, preprocessing and local training; equal text means equal pipeline.
    package let pipeline: String
    package let initialModel: Digest
    package let encryption: EncryptionParameters
    /// L2 bound `C` of one hospital's update, in the units of the model's parameters.
    package let clipNorm: Double
    package let privacy: PrivacyTerms?
    package let defence: DefencePolicy
    package let deadlines: PhaseDeadlines
    /// What it goes on from; nil where a federation begins.
    package let predecessor: Predecessor?

    package init(
        name: String, members: [Member], coordinatorKey: [UInt8], threshold: Int, corruptible: Int, rounds: UInt32,
        pipeline: String, initialModel: Digest, encryption: EncryptionParameters, clipNorm: Double,
        privacy: PrivacyTerms?, defence: DefencePolicy, deadlines: PhaseDeadlines,
        predecessor: Predecessor? = nil
    ) throws {
        let count = members.count
        guard Set(members.map(\.name)).count == count, Set(members.map(\.publicKey)).count == count else {
            throw FederationError(.agreement, "two members share a name or a public key; each must have its own")
        }
        if let reason = FederationPromises.refusal(members: count, threshold: threshold, corruptible: corruptible) {
            throw FederationError(.agreement, reason)
        }
        guard encryption.members == count else {
            throw FederationError(
                .agreement, "the encryption was planned for \(encryption.members) members, the agreement has \(count)")
        }
        guard clipNorm.isFinite, clipNorm > 0 else {
            throw FederationError(.agreement, "the clip norm must be a positive number, not \(clipNorm)")
        }
        if let triggers = defence.triggers,
            min(triggers.bound, triggers.campBound) <= 0 || triggers.alarmBound < triggers.bound
        {
            throw FederationError(
                .agreement,
                "the bounds of trigger suspicion are \(triggers.bound), \(triggers.alarmBound) and "
                    + "\(triggers.campBound): all must be positive, the second no smaller than the first")
        }
        if let reason = privacy?.refusal(rounds: rounds) ?? deadlines.refusal
            ?? predecessor?.refusal(initialModel: initialModel, dimension: encryption.dimension)
        {
            throw FederationError(.agreement, reason)
        }
        self.name = name
        self.members = members
        self.coordinatorKey = coordinatorKey
        self.threshold = threshold
        self.corruptible = corruptible
        self.rounds = rounds
        self.pipeline = pipeline
        self.initialModel = initialModel
        self.encryption = encryption
        self.clipNorm = clipNorm
        self.privacy = privacy
        self.defence = defence
        self.deadlines = deadlines
        self.predecessor = predecessor
    }

    /// Decodes with the checks of a new one: nothing that arrives escapes them.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            name: container.decode(String.self, forKey: .name),
            members: container.decode([Member].self, forKey: .members),
            coordinatorKey: container.decode([UInt8].self, forKey: .coordinatorKey),
            threshold: container.decode(Int.self, forKey: .threshold),
            corruptible: container.decode(Int.self, forKey: .corruptible),
            rounds: container.decode(UInt32.self, forKey: .rounds),
            pipeline: container.decode(String.self, forKey: .pipeline),
            initialModel: container.decode(Digest.self, forKey: .initialModel),
            encryption: container.decode(EncryptionParameters.self, forKey: .encryption),
            clipNorm: container.decode(Double.self, forKey: .clipNorm),
            privacy: container.decodeIfPresent(PrivacyTerms.self, forKey: .privacy),
            defence: container.decode(DefencePolicy.self, forKey: .defence),
            deadlines: container.decode(PhaseDeadlines.self, forKey: .deadlines),
            predecessor: container.decodeIfPresent(Predecessor.self, forKey: .predecessor))
    }

    /// The agreement as JSON with sorted keys: equal agreements have equal bytes.
    package var canonicalJSON: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return [UInt8](try encoder.encode(self))
        }
    }

    /// SHA-256 over the canonical JSON of the whole agreement.
    package var digest: Digest {
        get throws { Self.digest(ofCanonicalJSON: try canonicalJSON) }
    }

    private static func digest(ofCanonicalJSON json: [UInt8]) -> Digest {
        Digest.of(json, domain: "cordon/agreement/v1")
    }

    /// Reads an agreement whose digest is known, for instance from the ledger's foundation.
    ///
    /// - Throws: `FederationError(.agreement)` when these bytes are not the agreement of that digest.
    package init(canonicalJSON json: [UInt8], expecting digest: Digest) throws {
        guard Self.digest(ofCanonicalJSON: json) == digest else {
            throw FederationError(.agreement, "these bytes are not the agreement the ledger was founded on")
        }
        self = try JSONDecoder().decode(Agreement.self, from: Data(json))
    }

    /// Reads an agreement that nobody vouched for yet, for instance a draft.
    ///
    /// - Throws: `FederationError(.agreement)` when these bytes are no agreement, or not its canonical form.
    package init(canonicalJSON json: [UInt8]) throws {
        do {
            self = try JSONDecoder().decode(Agreement.self, from: Data(json))
        } catch let error as FederationError {
            throw error
        } catch let error as EncryptionError {
            throw FederationError(.agreement, "the encryption of the agreement is unsound: \(error.message)")
        } catch {
            throw FederationError(.agreement, "these bytes are no agreement that this version of Cordon knows")
        }
        guard try canonicalJSON == json else {
            throw FederationError(.agreement, "these bytes are an agreement, but not in its one canonical form")
        }
    }

    /// The ledger's first entry. Its digest names the federation everywhere.
    package var foundation: FederationFoundation {
        get throws {
            FederationFoundation(
                name: name, agreementDigest: try digest, coordinatorKey: coordinatorKey,
                members: members,
                threshold: threshold, corruptible: corruptible, recipientKeyBytes: RecipientSuite.publicKeyBytes,
                blockCount: UInt32(encryption.blocks),
                epsilonBudgetMicros: privacy.map { UInt64(($0.epsilonBudget * 1e6).rounded(.up)) } ?? 0,
                deltaExponent: privacy.map { UInt8(clamping: Int(-log10($0.delta).rounded(.down))) } ?? 0,
                initialModel: initialModel, maximumRounds: rounds)
        }
    }

    /// The federation's identity: the digest of its foundation, which holds the digest of this agreement.
    package var federation: Digest {
        get throws { try foundation.digest }
    }

    /// `|V| ≥ max(⌊n/2⌋ + 1, c + 2)`: no smaller set is ever summed.
    package var minimumAccepted: Int { max(members.count / 2 + 1, corruptible + 2) }

    package var sharing: SharingPolicy {
        get throws { try SharingPolicy(members: members.count, threshold: threshold) }
    }

    /// `c = ⌊(n−1)/3⌋`, the default of PROTOCOL.
    package static func defaultCorruptible(members: Int) -> Int { (members - 1) / 3 }

    /// `t = ⌊(n+c)/2⌋ + 1`, the default of PROTOCOL.
    package static func defaultThreshold(members: Int, corruptible: Int) -> Int { (members + corruptible) / 2 + 1 }
}
