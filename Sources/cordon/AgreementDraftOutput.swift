import Federation
import HomomorphicEncryption

/// The JSON of `cordon agreement draft`.
struct AgreementDraftOutput: Encodable {
    let fits: Bool
    let reason: String?
    let nearest: Nearest?
    let plan: Plan?
    let promises: FederationPromises?
    let traffic: RoundTraffic?

    struct Plan: Encodable {
        let set: String
        let ringDegree: Int
        let moduli: [UInt64]
        let fields: Int
        let blocks: Int
        let scale: UInt64
        let fieldWidth: UInt64
        let normBound: Int64
        let relativeRounding: Double
        let sketchCoordinates: Int
        let revealedShare: Double
        let securityLevel: String
        let securityBitsClassical: Int
        let securityBitsQuantum: Int
        let failureLog2Hospital: Double
        let failureLog2Round: Double
        let ciphertextBytes: Int
        let keyShareBytes: Int

        init(_ plan: EncryptionParameters) {
            set = plan.name
            ringDegree = plan.ringDegree
            moduli = plan.moduli
            fields = plan.fields
            blocks = plan.blocks
            scale = plan.scale
            fieldWidth = plan.fieldWidth
            normBound = plan.normBound
            relativeRounding = plan.relativeRounding
            sketchCoordinates = plan.sketchCoordinates
            revealedShare = plan.revealedShare
            securityLevel = plan.securityLevel.rawValue
            (securityBitsClassical, securityBitsQuantum) = plan.securityBits
            failureLog2Hospital = plan.failure.hospitalLog2
            failureLog2Round = plan.failure.roundLog2
            ciphertextBytes = plan.ciphertextBytes
            keyShareBytes = plan.keyShareBytes
        }
    }

    struct Nearest: Encodable {
        let changes: [String]
        let hospitals: Int
        let parameters: Int
        let plan: Plan
    }

    init(_ draft: AgreementDraft) {
        fits = true
        reason = nil
        nearest = nil
        plan = Plan(draft.encryption)
        promises = draft.promises
        traffic = draft.traffic
    }

    init(refused reason: String, nearest: NearestPlan?) {
        fits = false
        self.reason = reason
        self.nearest = nearest.map {
            Nearest(
                changes: $0.changes, hospitals: $0.wish.members, parameters: $0.wish.dimension,
                plan: Plan($0.parameters))
        }
        plan = nil
        promises = nil
        traffic = nil
    }
}
