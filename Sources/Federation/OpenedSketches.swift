import HomomorphicEncryption
package import PoisoningDefence

/// Opened sketches of one round and the dealers that fell out before.
package struct OpenedSketches: Sendable {
    package let sketches: [MemberSketch]
    package let exclusions: [Exclusion]

    /// The verdict: integer contract rules first, then the agreement's rules; a pure function everybody recomputes.
    ///
    /// - Parameters:
    ///   - suspicion: of the rounds before.
    ///   - probes: their sketches in this round.
    func judged(
        under agreement: Agreement, remembering suspicion: TriggerSuspicion, probes: [[Int64]], contestCount: Int
    ) -> Judgement {
        let policy = agreement.defence
        // Whoever breaks a rule of the contract is named for that, and its digits say nothing of triggers.
        let contract = judge(
            sketches, geometry: agreement.sketchGeometry,
            policy: DefencePolicy(
                members: policy.members, corruptible: policy.corruptible, rules: [],
                contractRules: policy.contractRules),
            alreadyExcluded: exclusions)
        let sound = Set(contract.accepted)
        var suspicion = suspicion
        suspicion.observe(sketches.filter { sound.contains($0.member) }, probes: probes, policy: policy)
        let verdict = judge(
            sketches, geometry: agreement.sketchGeometry, policy: policy,
            alreadyExcluded: contract.exclusions + suspicion.quarantined.filter { sound.contains($0.member) })
        return Judgement(
            sketches: sketches, verdict: verdict, contestCount: contestCount,
            suspicion: policy.triggers == nil ? nil : suspicion)
    }
}

extension Agreement {
    package var sketchGeometry: SketchGeometry {
        SketchGeometry(
            coordinates: encryption.sketchCoordinates, families: encryption.sketchFamilies, fields: encryption.fields,
            normBound: encryption.normBound, errorVariance: type(of: encryption).errorVariance,
            coefficients: encryption.blocks * encryption.ringDegree)
    }
}
